using System.Globalization;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Training;

/// <summary>
/// The names and values of everything that determines the result of a training bit for bit. A training can be resumed from a checkpoint
/// only if their fingerprints are equal.
/// </summary>
internal sealed class Fingerprint(IReadOnlyList<(string Name, string Value)> entries)
{
    public IReadOnlyList<(string Name, string Value)> Entries => entries;

    /// <summary>Computes the fingerprint of a training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="settings">The settings of the training.</param>
    /// <param name="task">The task that the network is trained for.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="digest">The digest of the training rows.</param>
    /// <param name="validation">The validation rows; null for none.</param>
    public static Fingerprint Of(
        RecurrentNetwork network, TrainingSettings settings, ITask task, IRowSource rows, string digest, IRowSource? validation)
    {
        var spec = network.Spec;
        var entries = new List<(string, string)>();
        Add("Cell", spec.Cell.GetType().Name);
        foreach (var (name, value) in spec.Cell.Properties)
        {
            Add($"Cell.{name}", value);
        }

        Add("Layers", spec.Layers);
        Add("Bidirectional", spec.Bidirectional);
        Add("Dropout", spec.Dropout);
        Add("ReadOut", spec.ReadOut);
        Add("OutputInitializer", spec.OutputInitializer);
        Add("TimeSteps", spec.TimeSteps);
        Add("features of a step", spec.Features);
        foreach (var (name, value) in task.Fingerprint)
        {
            Add(name, value);
        }

        Add("MissingValues", spec.MissingValues);
        Add("InputScaling", spec.Scaling is null ? "nothing scaled" : $"{spec.Scaling.Count} features scaled with digest {spec.Scaling.Digest()}");
        Add("Optimizer", settings.Optimizer);
        Add("LearningRate", settings.LearningRate);
        Add("LearningRateSchedule", settings.Schedule);
        Add("minibatches that the schedule spans (ScheduleEpochs)", settings.Schedule == LearningRateSchedule.Constant ? "any" : settings.ScheduleSteps(rows.Count));
        Add("WeightDecay", settings.WeightDecay);
        Add("GradientClipNorm", settings.GradientClipNorm);
        Add("BatchSize", settings.BatchSize);
        Add("EarlyStoppingPatience", settings.EarlyStoppingPatience);
        Add("early stopping (by metric if Epochs and EarlyStoppingPatience are left open)", settings.StopsByMetric ? "by metric" : "by loss");
        Add("Seed", settings.Seed);
        Add("Shards", settings.Shards);
        Add("Precision", settings.RecurrentType);
        Add("Device", network.Device.type);
        Add("CacheRows", rows is CachedRows ? "All" : "None");
        Add("training rows", $"{rows.Count} with digest {digest}");
        Add("validation rows", validation is null ? "none" : $"{validation.Count} with digest {validation.Hash(settings.CancellationToken)}");
        return new Fingerprint(entries);

        void Add(string name, object? value) => entries.Add((name, Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "null"));
    }

    /// <summary>Describes each difference between this fingerprint and that of a checkpoint; empty if they are equal.</summary>
    public IEnumerable<string> Differences(Fingerprint found)
    {
        var values = found.Entries.ToDictionary();
        return entries.Select(entry => (entry.Name, Expected: (string?)entry.Value, Found: values.GetValueOrDefault(entry.Name)))
            .Concat(found.Entries.ExceptBy(entries.Select(entry => entry.Name), entry => entry.Name).Select(entry => (entry.Name, Expected: (string?)null, Found: (string?)entry.Value)))
            .Where(entry => entry.Expected != entry.Found)
            .Select(entry => $"{entry.Name}: expected {entry.Expected ?? "nothing"}, found {entry.Found ?? "nothing"}");
    }
}
