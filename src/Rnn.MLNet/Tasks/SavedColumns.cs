namespace Rnn.MLNet.Tasks;

/// <summary>
/// The names of the intermediate columns in a saved model. A loaded model hides and drops them by name, so each has a unique suffix that
/// no column of the user has.
/// </summary>
internal static class SavedColumns
{
    /// <summary>The scores, a vector of Single.</summary>
    public const string Scores = "Rnn.MLNet:Probabilities:4d1f0a52c7e94b0e";

    /// <summary>The scores of each time step, <c>[time, scores]</c> of Single. Only in a model that computes them.</summary>
    public const string ScoresOverTime = "Rnn.MLNet:ScoresOverTime:4d1f0a52c7e94b0e";
}
