namespace Rnn.MLNet.Tasks.Classification;

/// <summary>The columns of a saved classifier beside <see cref="SavedColumns"/>, named for the same reason.</summary>
internal static class SavedClassColumns
{
    /// <summary>The code of the most probable class.</summary>
    public const string ClassCode = "Rnn.MLNet:ClassCode:4d1f0a52c7e94b0e";

    /// <summary>The label of what stock trainers are fitted on.</summary>
    public const string Label = "Rnn.MLNet:Label:4d1f0a52c7e94b0e";
}
