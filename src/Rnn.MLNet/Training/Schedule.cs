namespace Rnn.MLNet.Training;

/// <summary>The learning rate of each step.</summary>
internal sealed class Schedule(LearningRateSchedule kind, double peak, long totalSteps)
{
    private const double WarmUpShare = 0.3;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e4;

    /// <summary>Steps until the rate is at its peak.</summary>
    public long WarmUpSteps => kind == LearningRateSchedule.OneCycle ? (long)Math.Ceiling(WarmUpShare * totalSteps) : 0;

    /// <summary>The learning rate of a step, counted from 0.</summary>
    public double At(long step) => kind switch
    {
        LearningRateSchedule.Constant => peak,
        LearningRateSchedule.Cosine => Anneal(peak, 0, (double)step / totalSteps),
        _ => OneCycle(step),
    };

    private double OneCycle(long step)
    {
        var start = peak / StartDivisor;
        var warmUp = WarmUpShare * totalSteps;
        return step < warmUp
            ? Anneal(start, peak, step / warmUp)
            : Anneal(peak, start / EndDivisor, (step - warmUp) / (totalSteps - warmUp));
    }

    /// <summary>From one value to another along half a cosine.</summary>
    private static double Anneal(double from, double to, double share) => to + (from - to) * (1 + Math.Cos(Math.PI * share)) / 2;
}
