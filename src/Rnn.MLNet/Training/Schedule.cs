namespace Rnn.MLNet.Training;

/// <summary>The learning rate schedule of a training.</summary>
/// <param name="kind">The kind of schedule.</param>
/// <param name="peak">The highest learning rate.</param>
/// <param name="totalSteps">The number of optimiser steps that the schedule spans.</param>
internal sealed class Schedule(LearningRateSchedule kind, double peak, long totalSteps)
{
    private const double WarmUpShare = 0.3;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e4;

    /// <summary>The number of steps until the learning rate reaches its peak.</summary>
    public long WarmUpSteps => kind == LearningRateSchedule.OneCycle ? (long)Math.Ceiling(WarmUpShare * totalSteps) : 0;

    /// <summary>Returns the learning rate of a step, counted from 0.</summary>
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

    /// <summary>Interpolates from one value to another along half a cosine; <paramref name="share"/> is in [0, 1].</summary>
    private static double Anneal(double from, double to, double share) => to + (from - to) * (1 + Math.Cos(Math.PI * share)) / 2;
}
