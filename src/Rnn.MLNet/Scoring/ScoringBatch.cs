using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Rnn.MLNet.Scoring;

/// <summary>Rows on their way through the network, and what came of them. Reused from batch to batch.</summary>
internal sealed unsafe class ScoringBatch : IDisposable
{
    // Enough rows for full matrix products, few enough for a short wait for the first; fewer of very long rows or very many scores.
    private const int Rows = 128;
    private const int Bytes = 4 << 20;

    // A GPU takes hardly longer for a thousand rows than for a hundred. It gets more than a hundred where what a layer keeps of them, some
    // numbers for each output of each step, stays below a gigabyte.
    private const int RowsOnGpu = 1024;
    private const long OutputsOnGpu = 1L << 25;

    private readonly int _length;
    private readonly ITask _task;
    private readonly int _scoreLength;
    private readonly Tensor _sequences;
    private readonly float* _values;
    private readonly bool[] _isFinite;
    private readonly DataViewRowId[] _ids;
    private readonly float[] _scores;
    private readonly IColumnValues[] _passed;
    private long _passedBytes;

    public ScoringBatch(SequenceShape shape, ITask task, IEnumerable<Func<int, IColumnValues>> passed, int rows = Rows)
    {
        _length = shape.Length;
        _task = task;
        _scoreLength = task.Columns.ScoreLength;
        var capacity = Math.Clamp(Bytes / sizeof(float) / Math.Max(shape.Length, _scoreLength), 1, rows);
        _isFinite = new bool[capacity];
        _ids = new DataViewRowId[capacity];
        _scores = new float[capacity * _scoreLength];
        _passed = [.. passed.Select(values => values(capacity))];
        // It outlives the scope that its cursor may be read in.
        _sequences = empty([capacity, shape.TimeSteps, shape.Features], ScalarType.Float32, CPU).DetachFromDisposeScope();
        _values = TensorMemory.Address(_sequences);
    }

    public int Count { get; private set; }

    /// <summary>Rows to score at once, by the network and where it is.</summary>
    public static int RowsFor(NetworkSpec spec, DeviceType device) => device == DeviceType.CPU
        ? Rows
        : (int)Math.Clamp(OutputsOnGpu / ((long)spec.TimeSteps * spec.Cell.Units), Rows, RowsOnGpu);

    public bool IsFull => Count == _ids.Length || _passedBytes >= Bytes;

    public void Clear() => (Count, _passedBytes) = (0, 0);

    /// <summary>Adds the input's current row, its features straight into the tensor's memory.</summary>
    public void Add(FeatureReader reader, ValueGetter<DataViewRowId> id)
    {
        _isFinite[Count] = reader.TryRead(new Span<float>(_values + (long)Count * _length, _length));
        id(ref _ids[Count]);
        foreach (var column in _passed)
        {
            _passedBytes += column.Read(Count);
        }

        Count++;
    }

    /// <summary>Scores all rows. A row with a value that is not finite gets scores of NaN.</summary>
    /// <exception cref="InvalidOperationException">libtorch failed, or memory ran out.</exception>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public void Score(RecurrentNetwork network)
    {
        try
        {
            ScoreRows(network);
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(
                exception,
                $"Scoring {Count} rows of {_length} values with {network.Parameters.Count} weights",
                "Threads of the options bounds how many batches are scored at once.");
        }
    }

    private void ScoreRows(RecurrentNetwork network)
    {
        using var work = NativeWork.Begin(parks: false);
        using var precision = FullPrecision.Use();
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var outputs = network.Forward(_sequences.narrow(0, 0, Count).to(network.Device), ForwardPass.Scoring);
        TensorMemory.Span<float>(_task.Scores(outputs).cpu()).CopyTo(_scores);
        for (var row = 0; row < Count; row++)
        {
            if (!_isFinite[row])
            {
                _scores.AsSpan(row * _scoreLength, _scoreLength).Fill(float.NaN);
            }
        }
    }

    public void Dispose()
    {
        _sequences.Dispose();
        foreach (var column in _passed)
        {
            column.Dispose();
        }
    }

    public DataViewRowId Id(int row) => _ids[row];

    /// <summary>The values of a column of the input.</summary>
    public ITypedColumnValues<T> Passed<T>(int column) => (ITypedColumnValues<T>)_passed[column];

    /// <summary>The scores of a row.</summary>
    public ReadOnlySpan<float> Scores(int row) => _scores.AsSpan(row * _scoreLength, _scoreLength);
}
