using Rnn.MLNet.Training;
using Xunit;

namespace Rnn.MLNet.Tests.Training;

/// <summary>Two fingerprints and what differs, whichever of them has an entry that the other has not.</summary>
public sealed class Fingerprints
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
}
