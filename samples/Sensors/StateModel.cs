namespace Sensors;

/// <summary>From a table of measurements to windows, and from windows to a network that says in which state the machine is at the end of a window.</summary>
internal sealed class StateModel(MLContext mlContext, SensorsOptions options)
{
    private static readonly SequenceOptions Windows = new()
    {
        GroupBy = nameof(Measurement.Machine),
        OrderBy = nameof(Measurement.Time),
        Features = [nameof(Measurement.Vibration), nameof(Measurement.Temperature), nameof(Measurement.Current)],
        Length = 240,                                                   // four hours,
        Stride = 30,                                                    // beginning every half hour
        Label = SequenceLabel.Last(nameof(Measurement.State)),
        Interval = TimeSpan.FromMinutes(1),
    };

    /// <summary>Trains on the shifts of some machines.</summary>
    public RnnClassifierTransformer Train(IEnumerable<Machine> machines, CancellationToken stop)
    {
        return mlContext.Transforms.RnnClassifier(new RnnClassifierOptions
        {
            Cell = new GruCell(32),
            Epochs = options.Epochs,
            Seed = options.Seed,
            Progress = new ConsoleProgress(),
            CancellationToken = stop,
        }).Fit(Cut(machines));
    }

    /// <summary>Evaluates windows of other machines.</summary>
    public MulticlassClassificationMetrics Evaluate(RnnClassifierTransformer model, IEnumerable<Machine> machines) =>
        mlContext.MulticlassClassification.Evaluate(model.Transform(Cut(machines)));

    /// <summary>Saves the network. New windows have no label, so the columns of the file have none.</summary>
    public void Save(RnnClassifierTransformer model, string path)
    {
        var unlabelled = mlContext.Data.CreateSequences(mlContext.Data.LoadFromEnumerable(Array.Empty<Measurement>()), Windows with { Label = null });
        model.SaveTo(path, unlabelled.Schema);
    }

    private IDataView Cut(IEnumerable<Machine> machines)
    {
        var rows = mlContext.Data.LoadFromEnumerable(machines.SelectMany(machine => machine.Shift()).ToList());
        var windows = mlContext.Data.Cache(mlContext.Data.CreateSequences(rows, Windows));
        var states = mlContext.Data.LoadFromEnumerable(Machine.States.Select(state => new StateName { Label = state }));
        return mlContext.Transforms.Conversion.MapValueToKey("Label", keyData: states).Fit(windows).Transform(windows);
    }

    private sealed class StateName
    {
        public required string Label { get; init; }
    }
}
