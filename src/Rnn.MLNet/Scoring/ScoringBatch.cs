using Rnn.MLNet.Kernels;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using TorchSharp;

namespace Rnn.MLNet.Scoring;

/// <summary>A batch of rows and, once they are scored, their scores. A cursor reuses its batches.</summary>
internal sealed class ScoringBatch : IDisposable
{
    // Enough rows for efficient matrix products, ten tiles of six, but few enough that what is computed of them stays in a core's own cache, that the cores
    // end at about the same time, and that the first row is available soon. Bytes limits the rows of long sequences or many scores.
    private const int Rows = 60;
    private const int Bytes = 4 << 20;

    // Limits the memory of a layer of long sequences, which keeps the outputs of each time step. Fewer rows would make the matrix products slower.
    private const long OutputsOnCpu = 1L << 24;
    private const int LeastRows = 24;

    // A GPU takes hardly longer for a thousand rows than for a hundred. OutputsOnGpu limits the memory of a layer, which keeps several
    // numbers for each output of each time step, to about a gigabyte.
    private const int RowsOnGpu = 1024;
    private const int LeastRowsOnGpu = 128;
    private const long OutputsOnGpu = 1L << 25;

    private readonly int _length;
    private readonly int _scoreLength;
    private readonly AlignedFloats _features;
    private readonly bool[] _isFinite;
    private readonly DataViewRowId[] _ids;
    private readonly float[] _scores;
    private readonly IColumnValues[] _passed;
    private long _passedBytes;

    public ScoringBatch(SequenceShape shape, ITask task, IEnumerable<Func<int, IColumnValues>> passed, int rows = Rows)
    {
        _length = shape.Length;
        _scoreLength = task.Columns.RowLength;
        var capacity = Math.Clamp(Bytes / sizeof(float) / Math.Max(shape.Length, _scoreLength), 1, rows);
        _isFinite = new bool[capacity];
        _ids = new DataViewRowId[capacity];
        _scores = new float[capacity * _scoreLength];
        _passed = [.. passed.Select(values => values(capacity))];
        _features = new AlignedFloats((long)capacity * shape.Length);
    }

    public int Count { get; private set; }

    /// <summary>Returns the largest number of rows in a batch for a network on a device.</summary>
    public static int RowsFor(NetworkSpec spec, DeviceType device)
    {
        var outputs = (long)spec.TimeSteps * spec.Cell.Units;
        return device == DeviceType.CPU
            ? (int)Math.Clamp(OutputsOnCpu / outputs, LeastRows, Rows)
            : (int)Math.Clamp(OutputsOnGpu / outputs, LeastRowsOnGpu, RowsOnGpu);
    }

    public bool IsFull => Count == _ids.Length || _passedBytes >= Bytes;

    public void Clear() => (Count, _passedBytes) = (0, 0);

    /// <summary>Adds the input's current row. Its features are read directly into the batch's memory.</summary>
    public void Add(FeatureReader reader, ValueGetter<DataViewRowId> id)
    {
        _isFinite[Count] = reader.TryRead(_features.Values.Slice(Count * _length, _length));
        id(ref _ids[Count]);
        foreach (var column in _passed)
        {
            _passedBytes += column.Read(Count);
        }

        Count++;
    }

    /// <summary>Scores all rows. A row with a value that is not accepted, see <see cref="MissingValues"/>, gets scores of NaN.</summary>
    /// <param name="lease">Access to the network.</param>
    /// <param name="forward">Runs the network.</param>
    /// <exception cref="InvalidOperationException">libtorch failed, or memory ran out.</exception>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public void Score(SharedNetwork.Lease lease, IBatchForward forward)
    {
        try
        {
            forward.Run(lease, _features, Count, _scores.AsSpan(0, Count * _scoreLength));
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(
                exception,
                $"Scoring {Count} rows of {_length} values with {lease.Network.Parameters.Count} weights",
                "A lower value of the option Threads reduces the number of batches that are scored in parallel.");
        }

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
        _features.Dispose();
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
