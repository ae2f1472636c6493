namespace Rnn.MLNet.Tasks;

/// <summary>
/// The columns between the transformers of a saved model. A loaded model hides and drops them by their names, so they bear names that
/// no column of a user's has, whatever the data to score holds.
/// </summary>
internal static class SavedColumns
{
    /// <summary>The scores, a vector of Single.</summary>
    public const string Scores = "Rnn.MLNet:Probabilities:4d1f0a52c7e94b0e";
}
