namespace Rnn.MLNet.Comparison;

/// <summary>What a search does next: train a configuration up to a number of epochs, wait, or end.</summary>
public sealed record SearchDecision
{
    private SearchDecision(int configuration, int epochs) => (Configuration, Epochs) = (configuration, epochs);

    /// <summary>Nothing can be decided before a running step has ended.</summary>
    public static SearchDecision Wait { get; } = new(-1, 0);

    /// <summary>There is nothing left to train.</summary>
    public static SearchDecision Done { get; } = new(-2, 0);

    /// <summary>The configuration, counted from 0; the same number is always the same network, seed and settings.</summary>
    public int Configuration { get; }

    /// <summary>Epochs that the configuration has been trained for in all when the step ends.</summary>
    public int Epochs { get; }

    /// <summary>Trains a configuration up to a number of epochs, from the weights of its last step if it had one.</summary>
    /// <param name="configuration">The configuration, counted from 0.</param>
    /// <param name="epochs">Epochs in all, at least 1.</param>
    /// <returns>The decision.</returns>
    public static SearchDecision Train(int configuration, int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(configuration);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        return new SearchDecision(configuration, epochs);
    }
}
