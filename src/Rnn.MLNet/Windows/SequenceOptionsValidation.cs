using static Rnn.MLNet.OptionRequirement;

namespace Rnn.MLNet.Windows;

/// <summary>Validates the range and consistency of <see cref="SequenceOptions"/>. Each error message names the property and its value.</summary>
internal static class SequenceOptionsValidation
{
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or contradicts another.</exception>
    public static void Validate(SequenceOptions options)
    {
        Require(options.GroupBy != "", nameof(options.GroupBy), options.GroupBy, "a column name, or null");
        Require(options.OrderBy != "", nameof(options.OrderBy), options.OrderBy, "a column name, or null");
        Features(options.Features);
        Require(
            options.Label is null || !options.Features.Contains(options.Label.ColumnName), nameof(options.Label), options.Label,
            "a rule of a column that is not among the Features: the network would read its answer");
        Require(options.Length >= 1, nameof(options.Length), options.Length, "at least 1");
        Require(options.Stride >= 1, nameof(options.Stride), options.Stride, "at least 1");

        Require(options.Interval is null || options.OrderBy is not null, nameof(options.Interval), options.Interval, "null unless OrderBy is given");
        Defined(options.Gaps, nameof(options.Gaps));
        Require(options.Gaps == TimeGaps.Refuse || options.Interval is not null, nameof(options.Gaps), options.Gaps, "Refuse unless Interval is given");
        Defined(options.MissingFeatures, nameof(options.MissingFeatures));
        Require(
            options.MaxCarriedSteps is null || options.Gaps == TimeGaps.CarryForward || options.MissingFeatures == MissingFeatures.CarryForward,
            nameof(options.MaxCarriedSteps), options.MaxCarriedSteps, "null unless Gaps or MissingFeatures is CarryForward");
        Require(
            options.MaxCarriedSteps is null || (options.MaxCarriedSteps >= 1 && options.MaxCarriedSteps < options.Length),
            nameof(options.MaxCarriedSteps), options.MaxCarriedSteps, $"from 1 to Length - 1, which is {options.Length - 1}, or null");

        OptionsValidation.Name(options.FeaturesColumnName, nameof(options.FeaturesColumnName));
        OptionsValidation.Name(options.LabelColumnName, nameof(options.LabelColumnName));
        OutputNames(options);
    }

    private static void Features(IReadOnlyList<string> features)
    {
        Require(features is not null, nameof(SequenceOptions.Features), features, "a list of column names");
        Require(features!.Count > 0, nameof(SequenceOptions.Features), "empty", "the names of at least one column");
        for (var place = 0; place < features.Count; place++)
        {
            OptionsValidation.Name(features[place], $"{nameof(SequenceOptions.Features)}[{place}]");
            var first = features.TakeWhile(name => name != features[place]).Count();
            Require(first == place, $"{nameof(SequenceOptions.Features)}[{place}]", features[place], $"different from Features[{first}]");
        }
    }

    private static void OutputNames(SequenceOptions options)
    {
        (string Property, string? Name)[] names =
        [
            (nameof(options.GroupBy), options.GroupBy),
            (nameof(options.OrderBy), options.OrderBy),
            (nameof(options.FeaturesColumnName), options.FeaturesColumnName),
            (nameof(options.LabelColumnName), options.Label is null ? null : options.LabelColumnName),
        ];
        for (var place = 0; place < names.Length; place++)
        {
            var earlier = Array.FindIndex(names, name => name.Name == names[place].Name);
            Require(
                names[place].Name is null || earlier == place, names[place].Property, names[place].Name,
                $"different from {names[earlier].Property}: both are names of output columns");
        }
    }
}
