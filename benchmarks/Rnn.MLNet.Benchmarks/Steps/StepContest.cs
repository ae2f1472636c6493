namespace Rnn.MLNet.Benchmarks.Steps;

/// <summary>Measures single time steps of cells with 128 units and 28 features.</summary>
internal static class StepContest
{
    public const string Name = "steps";
    public const string Lstm = "lstm";
    public const string OnnxRuntime = "onnxruntime";
    public const string Engine = "engine";

    private const int Units = 128;

    public static IReadOnlyList<Contest> All() =>
    [
        BesideOnnxRuntime(Lstm, new BasicLstmCell(Units)),
        BesideOnnxRuntime("gru", new GruCell(Units)),
        BesideOnnxRuntime("rnn", new BasicRnnCell(Units)),
        BesideOnnxRuntime("gru-reset-before", new GruCell(Units) { ResetAfter = false }),
        BesideOnnxRuntime("lstm-peepholes", new LstmCell(Units) { UsePeepholes = true }),
        OtherCells(),
    ];

    /// <summary>A cell for which ONNX has an operator.</summary>
    private static Contest BesideOnnxRuntime(string name, RnnCell cell)
    {
        StepField? field = null;
        return Create(
            name,
            OnnxRuntime,
            [
                new Contender(OnnxRuntime, time => StepMeasurement.Measure(step => field!.CallOnnxRuntime(step), time)),
                new Contender(Engine, time => StepMeasurement.Measure(step => field!.CallEngine(step), time)),
            ],
            prepare: () => field = StepField.BesideOnnxRuntime(cell),
            cleanUp: () => field?.Dispose());
    }

    /// <summary>The cells that are a loop in ONNX, beside the LSTM.</summary>
    private static Contest OtherCells()
    {
        var cells = new Dictionary<string, RnnCell>
        {
            [Lstm] = new BasicLstmCell(Units),
            ["lstm-projection-64"] = new LstmCell(Units) { ProjectionSize = 64 },
            ["lstm-everything"] = new LstmCell(Units) { UsePeepholes = true, CellClip = 3, ProjectionSize = 64, ProjectionClip = 1 },
            ["layer-norm-lstm"] = new LayerNormBasicLstmCell(Units),
        };
        var fields = new Dictionary<string, StepField>();
        return Create(
            "others",
            Lstm,
            [.. cells.Keys.Select(name => new Contender(name, time => StepMeasurement.Measure(step => fields[name].CallEngine(step), time)))],
            prepare: () =>
            {
                foreach (var (name, cell) in cells)
                {
                    fields.Add(name, StepField.Alone(cell));
                }
            },
            cleanUp: () =>
            {
                foreach (var field in fields.Values)
                {
                    field.Dispose();
                }
            });
    }

    private static Contest Create(string name, string baseline, IReadOnlyList<Contender> contenders, Action prepare, Action cleanUp) => new(
        $"{Name}/{name}",
        [
            new Metric("median", "µs", MoreIsBetter: false, baseline),
            new Metric("p99", "µs", MoreIsBetter: false, baseline),
            new Metric("allocated", "bytes", MoreIsBetter: false, baseline),
        ],
        contenders)
    {
        RoundTime = TimeSpan.FromSeconds(0.5),
        Prepare = prepare,
        CleanUp = cleanUp,
    };
}
