namespace Rnn.MLNet;

/// <summary>
/// The options of <see cref="RnnClassifierEstimator"/>: the classifier's own columns, and those that all tasks share
/// (<see cref="RnnOptions"/>) for the input's columns, the network, training and the machine. Immutable; creating the estimator throws if a
/// value is out of range. The <see cref="RnnOptions.ScoreColumnName">score</see> is a <c>Vector&lt;Single, classes&gt;</c> of probabilities.
/// </summary>
public sealed record RnnClassifierOptions : RnnOptions
{
    /// <summary>The name of the label column, of key type, such as <c>MapValueToKey</c> creates. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// The name of the output column with the most probable class, a key with the label's values. Default <c>PredictedLabel</c>.
    /// </summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>The weights of the classes in training. Default <see cref="ClassWeights.None"/>.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;
}
