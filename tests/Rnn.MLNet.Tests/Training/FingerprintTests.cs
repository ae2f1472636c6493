using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>What makes two trainings the same, and what is said of two that are not.</summary>
public sealed class FingerprintTests
{
    [Fact]
    public void What_differs_is_named_and_nothing_else()
    {
        var expected = new Fingerprint([("Seed", "1"), ("Layers", "2"), ("New", "a")]);
        var found = new Fingerprint([("Layers", "3"), ("Seed", "1"), ("Old", "b")]);

        Assert.Equal(
            ["Layers: expected 2, found 3", "New: expected a, found nothing", "Old: expected nothing, found b"],
            expected.Differences(found));
        Assert.Empty(expected.Differences(expected));
    }

    [Fact]
    public void A_class_that_is_not_shown_counts_too()
    {
        var one = Of(["a", "b", "c", "d", "e", "f", "g"]);
        var other = Of(["a", "b", "c", "d", "e", "f", "h"]);

        Assert.StartsWith("classes: expected 7 keys (a, b, c, d, e, …) ", Assert.Single(one.Differences(other)));
        Assert.Empty(one.Differences(Of(["a", "b", "c", "d", "e", "f", "g"])));
    }

    [Fact]
    public void Classes_that_are_cut_elsewhere_are_others()
    {
        var one = Of(["a", "b", "c", "d", "e", "fg", "h"]);
        var other = Of(["a", "b", "c", "d", "e", "f", "gh"]);

        Assert.StartsWith("classes: expected 7 keys (a, b, c, d, e, …) ", Assert.Single(one.Differences(other)));
    }

    private static Fingerprint Of(string[] classes)
    {
        var context = new MLContext(seed: 1);
        var view = context.Data.LoadFromEnumerable(classes.Select(label => new Sequence<string> { Features = new float[SyntheticSequences.Length], Label = label }));
        var keyed = context.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view);
        var set = new SequenceSet(new SequenceShape(1, 1), Classification.Targets());
        set.NextRow().Clear();
        set.Add([0], 1);
        using var network = new RecurrentNetwork(new NetworkSpec(new BasicRnnCell(2), 1, false, 0, ReadOut.FinalState, 1, 1, classes.Length), seed: 1, CPU);
        return Fingerprint.Of(network, PlainSettings.Value, Classification.Task(keyed.Schema), new CachedRows(set, [0]), "digest", validation: null);
    }
}
