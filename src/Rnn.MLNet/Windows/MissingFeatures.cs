namespace Rnn.MLNet;

/// <summary>What happens to features that are missing (NaN) in the rows from which windows are made. Infinite features are not accepted.</summary>
public enum MissingFeatures
{
    /// <summary>A missing feature is an error, whose message names the column and the row. The default.</summary>
    Refuse,

    /// <summary>A row with a missing feature belongs to no window: the row after it begins anew.</summary>
    Split,

    /// <summary>
    /// A missing feature takes the value that it had in the step before, for at most <see cref="SequenceOptions.MaxCarriedSteps"/> steps in a row.
    /// A row with a feature that has no such value belongs to no window, as with <see cref="Split"/>.
    /// </summary>
    CarryForward,

    /// <summary>Missing features stay missing. <see cref="RnnOptions.MissingValues"/> says what a network makes of them.</summary>
    Keep,
}
