using System.Diagnostics;

namespace Sensors;

/// <summary>Trains on some machines, saves and loads the network, and watches other machines with one step engine each.</summary>
internal static class SensorsExperiment
{
    public const int Watched = 60;

    public static void Run(SensorsOptions options, CancellationToken stop)
    {
        var machines = Enumerable.Range(0, options.Machines + Watched).Select(number => new Machine(number, options.Seed)).ToArray();
        var (seen, unseen) = (machines[..options.Machines], machines[options.Machines..]);
        Report.Table(options.Machines);

        var stateModel = new StateModel(new MLContext(options.Seed), options);
        var clock = Stopwatch.StartNew();
        using (var model = stateModel.Train(seen, stop))
        {
            Report.Training(model.History, clock.Elapsed);
            Report.Windows(stateModel.Evaluate(model, unseen));
            stateModel.Save(model, options.ModelPath);
        }

        // As in another process: the stream needs the file only.
        using var loaded = new MLContext().Model.LoadRnn(options.ModelPath, out _);
        var network = loaded.OfType<RnnClassifierTransformer>().Single();
        Report.Saved(options.ModelPath);

        clock.Restart();
        var outcomes = unseen.Select(machine => Watch(network, machine)).ToList();
        Report.Streams(outcomes, clock.Elapsed);
        LiveStream.Show(network, unseen.First(machine => machine.Fault == Machine.WornBearing), options.Delay, stop);
    }

    private static StreamOutcome Watch(RnnClassifierTransformer network, Machine machine)
    {
        using var engine = network.CreateStepEngine();
        var watch = new Watch(engine);
        foreach (var measurement in machine.Shift())
        {
            watch.Step(measurement);
        }

        return new StreamOutcome(machine, watch.Fault, watch.Minute);
    }
}
