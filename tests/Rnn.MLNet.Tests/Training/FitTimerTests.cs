namespace Rnn.MLNet.Tests.Training;

/// <summary>A fit polls its context for cancellation by a timer, which ends with the fit.</summary>
[Collection(nameof(Alone))]
public sealed class FitTimerTests
{
    [Fact]
    public void None_stays()
    {
        const int Fits = 200;
        var host = MLNetAccessors.EnvironmentOf(new MLContext(seed: 1).Transforms).Register("Test");
        var before = Timer.ActiveCount;

        var fits = Enumerable.Range(0, Fits).Select(_ => new FitCancellation(host, CancellationToken.None)).ToList();
        // The process has some of its own, which come and go.
        Assert.True(Timer.ActiveCount > before + (Fits / 2));
        fits.ForEach(fit => fit.Dispose());

        Assert.True(Timer.ActiveCount < before + (Fits / 2));
    }
}
