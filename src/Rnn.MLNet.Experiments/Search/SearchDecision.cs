namespace Rnn.MLNet.Comparison;

/// <summary>The decision of a search strategy: train a configuration up to a number of optimiser steps, wait, or end the search.</summary>
public sealed record SearchDecision
{
    private SearchDecision(int configuration, int steps) => (Configuration, Steps) = (configuration, steps);

    /// <summary>Waits until a running step has ended.</summary>
    public static SearchDecision Wait { get; } = new(-1, 0);

    /// <summary>Ends the search.</summary>
    public static SearchDecision Done { get; } = new(-2, 0);

    /// <summary>The zero-based configuration; the same number always stands for the same network, seed and settings.</summary>
    public int Configuration { get; }

    /// <summary>The total number of optimiser steps of the configuration at the end of the search step.</summary>
    public int Steps { get; }

    /// <summary>Trains a configuration up to a number of optimiser steps, one per minibatch, continuing from the weights of its last step if there is one.</summary>
    /// <param name="configuration">The zero-based configuration.</param>
    /// <param name="steps">The total number of optimiser steps at the end of the search step, at least 1.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="configuration"/> is negative, or <paramref name="steps"/> is less than
    /// 1.</exception>
    public static SearchDecision Train(int configuration, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(configuration);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return new SearchDecision(configuration, steps);
    }
}
