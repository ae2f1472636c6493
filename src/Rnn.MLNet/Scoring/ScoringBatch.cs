using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Rnn.MLNet.Scoring;

/// <summary>A batch of rows and, once they are scored, their scores. A cursor reuses its batches.</summary>
internal sealed unsafe class ScoringBatch : IDisposable
{
    // Enough rows for efficient matrix products, but few enough that the first row is available soon. Bytes limits the rows of long
    // sequences or many scores.
    private const int Rows = 128;
    private const int Bytes = 4 << 20;

    // A GPU takes hardly longer for a thousand rows than for a hundred. OutputsOnGpu limits the memory of a layer, which keeps several
    // numbers for each output of each time step, to about a gigabyte.
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
        _scoreLength = task.Columns.RowLength;
        var capacity = Math.Clamp(Bytes / sizeof(float) / Math.Max(shape.Length, _scoreLength), 1, rows);
        _isFinite = new bool[capacity];
        _ids = new DataViewRowId[capacity];
        _scores = new float[capacity * _scoreLength];
        _passed = [.. passed.Select(values => values(capacity))];
        // The batch outlives any dispose scope in which its cursor is read.
        _sequences = empty([capacity, shape.TimeSteps, shape.Features], ScalarType.Float32, CPU).DetachFromDisposeScope();
        _values = TensorMemory.Address(_sequences);
    }

    public int Count { get; private set; }

    /// <summary>Returns the number of rows in a batch for a network on a device.</summary>
    public static int RowsFor(NetworkSpec spec, DeviceType device) => device == DeviceType.CPU
        ? Rows
        : (int)Math.Clamp(OutputsOnGpu / ((long)spec.TimeSteps * spec.Cell.Units), Rows, RowsOnGpu);

    public bool IsFull => Count == _ids.Length || _passedBytes >= Bytes;

    public void Clear() => (Count, _passedBytes) = (0, 0);

    /// <summary>Adds the input's current row. Its features are read directly into the tensor's memory.</summary>
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

    /// <summary>Scores all rows. A row with a value that is not accepted, see <see cref="MissingValues"/>, gets scores of NaN.</summary>
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
                "A lower value of the option Threads reduces the number of batches that are scored in parallel.");
        }
    }

    private void ScoreRows(RecurrentNetwork network)
    {
        using var work = NativeWork.Begin(parks: false);
        using var precision = FullPrecision.Use();
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var outputs = network.Forward(_sequences.narrow(0, 0, Count).to(network.Device), ForwardPass.Scoring with { EveryStep = _task.Columns.ScoredSteps is not null });
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

    /// <summary>Returns the values of a column that is passed through.</summary>
    /// <param name="column">The index of the column among the columns that are passed through.</param>
    public ITypedColumnValues<T> Passed<T>(int column) => (ITypedColumnValues<T>)_passed[column];

    public ReadOnlySpan<float> Scores(int row) => _scores.AsSpan(row * _scoreLength, _scoreLength);
}
