using BenchmarkDotNet.Attributes;

namespace Rnn.MLNet.Benchmarks.Micro;

/// <summary>Benchmarks of reading an IDataView: with a bare cursor, and as <c>Fit</c> reads it. Times are per row.</summary>
public class ReadingBenchmarks
{
    private const int Rows = 20_000;

    private readonly MLContext _context = new(seed: 1);
    private IDataView _view = null!;

    [GlobalSetup]
    public void Setup() => _view = MnistRows.Training(Rows).View(_context);

    /// <summary>The lower bound: ML.NET's cursor copies each row into the same buffer.</summary>
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

    /// <summary>Reads, validates and stores all rows. The single training step of the smallest network afterwards is negligible.</summary>
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
