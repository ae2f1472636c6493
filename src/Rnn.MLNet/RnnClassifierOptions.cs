namespace Rnn.MLNet;

/// <summary>
/// Everything that <see cref="RnnClassifierEstimator"/> can be told: the classifier's own columns, and what all tasks share
/// (<see cref="RnnOptions"/>): columns of the input, network, training, machine. Immutable; a value out of range is refused when the
/// estimator is made. The <see cref="RnnOptions.ScoreColumnName">score</see> is a <c>Vector&lt;Single, classes&gt;</c> of probabilities.
/// </summary>
public sealed record RnnClassifierOptions : RnnOptions
{
    /// <summary>The label: a key column, as <c>MapValueToKey</c> makes it. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Where the most probable class goes, a key with the label's values. Default <c>PredictedLabel</c>.</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";
}
