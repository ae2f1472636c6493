namespace Rnn.MLNet.Tasks.Classification;

/// <summary>The intermediate columns that only a saved classifier has; see <see cref="SavedColumns"/> for their names.</summary>
internal static class SavedClassColumns
{
    /// <summary>The code of the most probable class.</summary>
    public const string ClassCode = "Rnn.MLNet:ClassCode:4d1f0a52c7e94b0e";

    /// <summary>The label in the view that ML.NET's own trainers are fitted on.</summary>
    public const string Label = "Rnn.MLNet:Label:4d1f0a52c7e94b0e";
}
