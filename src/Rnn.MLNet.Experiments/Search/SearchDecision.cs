namespace Rnn.MLNet.Comparison;

/// <summary>The decision of a search strategy: train a configuration up to a number of epochs, wait, or end the search.</summary>
public sealed record SearchDecision
{
    private SearchDecision(int configuration, int epochs) => (Configuration, Epochs) = (configuration, epochs);

    /// <summary>Waits until a running step has ended.</summary>
    public static SearchDecision Wait { get; } = new(-1, 0);

    /// <summary>Ends the search.</summary>
    public static SearchDecision Done { get; } = new(-2, 0);

    /// <summary>The zero-based configuration; the same number always stands for the same network, seed and settings.</summary>
    public int Configuration { get; }

    /// <summary>The total number of epochs that the configuration has been trained for at the end of the step.</summary>
    public int Epochs { get; }

    /// <summary>Trains a configuration up to a number of epochs, continuing from the weights of its last step if there is one.</summary>
    /// <param name="configuration">The zero-based configuration.</param>
    /// <param name="epochs">The total number of epochs at the end of the step, at least 1.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="configuration"/> is negative, or <paramref name="epochs"/> is less than
    /// 1.</exception>
    public static SearchDecision Train(int configuration, int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(configuration);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        return new SearchDecision(configuration, epochs);
    }
}
