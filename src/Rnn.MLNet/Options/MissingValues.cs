namespace Rnn.MLNet;

/// <summary>What happens to features that are missing (NaN). Infinite features are not accepted.</summary>
public enum MissingValues
{
    /// <summary><c>Fit</c> throws if a feature is missing; in scoring, the row gets scores of NaN. The default.</summary>
    Refuse,

    /// <summary>
    /// A missing feature becomes 0 after scaling: the feature's mean if it is standardised (<see cref="InputScaling"/>), otherwise the value 0.
    /// </summary>
    Zero,

    /// <summary>
    /// Like <see cref="Zero"/>, and each feature is accompanied by an indicator, an additional input of the network that is 1 where the feature is
    /// missing and 0 elsewhere (Lipton et al., 2016, "Modeling Missing Data in Clinical Time Series with RNNs").
    /// </summary>
    ZeroAndIndicator,
}
