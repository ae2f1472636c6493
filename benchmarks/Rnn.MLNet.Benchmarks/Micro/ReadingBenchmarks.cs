using BenchmarkDotNet.Attributes;

namespace Rnn.MLNet.Benchmarks.Micro;

/// <summary>Reading rows of an IDataView: with a cursor and nothing else, and as Fit reads them. Times are of one row.</summary>
public class ReadingBenchmarks
{
    private const int Rows = 20_000;

    private readonly MLContext _context = new(seed: 1);
    private IDataView _view = null!;

    [GlobalSetup]
    public void Setup() => _view = MnistRows.Training(Rows).View(_context);

    /// <summary>The least that anyone can do: ML.NET's cursor copies each row into the same buffer.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public float Cursor()
    {
        var column = _view.Schema[LabelledSequence.FeatureColumn];
        using var cursor = _view.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> row = default;
        var sum = 0f;
        while (cursor.MoveNext())
        {
            getter(ref row);
            sum += row.GetValues()[0];
        }

        return sum;
    }

    /// <summary>Reads and checks all rows and keeps them; the one step of the smallest network that follows is next to nothing.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public void FitOfOneStep()
    {
        var options = NetworkShape.Lstm.Options with
        {
            Cell = new BasicRnnCell(1),
            BatchSize = 1,
            MaxSteps = 1,
            Precision = RnnPrecision.Float32,
        };
        _context.Transforms.RnnClassifier(options).Fit(_view).Dispose();
    }
}
