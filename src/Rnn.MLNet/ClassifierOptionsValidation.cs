namespace Rnn.MLNet;

/// <summary>Refuses options of a classifier that are out of range or contradict each other.</summary>
internal static class ClassifierOptionsValidation
{
    public static void Validate(RnnClassifierOptions options)
    {
        OptionsValidation.Name(options.LabelColumnName, nameof(options.LabelColumnName));
        OptionsValidation.Validate(options);
        OptionsValidation.Name(options.PredictedLabelColumnName, nameof(options.PredictedLabelColumnName));
        OptionRequirement.Require(
            options.ScoreColumnName != options.PredictedLabelColumnName, nameof(options.ScoreColumnName), options.ScoreColumnName, "another name than PredictedLabelColumnName");
    }
}
