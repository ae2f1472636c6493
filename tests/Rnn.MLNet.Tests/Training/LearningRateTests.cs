namespace Rnn.MLNet.Tests.Training;

/// <summary>The learning rate of each step, and of each epoch's last step in the history.</summary>
public sealed class LearningRateTests
{
    private const double Peak = 0.01;

    [Fact]
    public void Constant_stays()
    {
        Assert.All(Rates(LearningRateSchedule.Constant), rate => Assert.Equal(Peak, rate));
    }

    [Fact]
    public void Cosine_falls_from_the_peak_along_half_a_cosine()
    {
        var expected = Enumerable.Range(0, 20).Select(step => Peak * (1 + Math.Cos(Math.PI * step / 20)) / 2);

        Assert.Equal(expected, Rates(LearningRateSchedule.Cosine), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Fact]
    public void OneCycle_rises_for_a_third_and_then_falls_to_nearly_nothing()
    {
        var rates = Rates(LearningRateSchedule.OneCycle);

        Assert.Equal(Peak / 25, rates[0], 1e-12);
        Assert.Equal(Peak, rates[6], 1e-12);
        Assert.Equal(rates[..7].Order(), rates[..7]);
        Assert.Equal(rates[6..].OrderDescending(), rates[6..]);
        Assert.True(rates[^1] < Peak / 50);
    }

    /// <summary>Five epochs of four steps.</summary>
    private static double[] Rates(LearningRateSchedule schedule)
    {
        var listener = new Listener();
        var options = SyntheticSequences.Options with
        {
            LearningRate = Peak,
            LearningRateSchedule = schedule,
            Epochs = 5,
            BatchSize = 12,
            Progress = listener,
        };
        using var model = SyntheticSequences.Fit(options, rows: 48);
        double[] rates = [.. listener.Reports.Where(report => !report.EpochEnded).Select(report => report.LearningRate)];
        Assert.Equal(rates.Where((_, step) => step % 4 == 3), model.History.Epochs.Select(epoch => epoch.LearningRate));
        return rates;
    }
}
