namespace Rnn.MLNet;

/// <summary>Validates the options of a classifier.</summary>
internal static class ClassifierOptionsValidation
{
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or contradicts another.</exception>
    public static void Validate(RnnClassifierOptions options)
    {
        OptionsValidation.Name(options.LabelColumnName, nameof(options.LabelColumnName));
        OptionsValidation.Validate(options);
        ArgumentNullException.ThrowIfNull(options.ClassWeights, nameof(options.ClassWeights));
        OptionsValidation.Name(options.PredictedLabelColumnName, nameof(options.PredictedLabelColumnName));
        OptionRequirement.Require(
            options.ScoreColumnName != options.PredictedLabelColumnName, nameof(options.ScoreColumnName), options.ScoreColumnName, "different from PredictedLabelColumnName");
        OptionRequirement.Require(
            options.ScoresOverTimeColumnName is not { } name || (name != options.ScoreColumnName && name != options.PredictedLabelColumnName),
            nameof(options.ScoresOverTimeColumnName), options.ScoresOverTimeColumnName, "different from ScoreColumnName and PredictedLabelColumnName");
    }
}
