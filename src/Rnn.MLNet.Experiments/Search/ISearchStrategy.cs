namespace Rnn.MLNet.Comparison;

/// <summary>
/// Decides which configuration of a search is trained next, and how far. A strategy has no memory of its own: all that it
/// may depend on is in its arguments, which is why an experiment can be resumed after a restart.
/// </summary>
public interface ISearchStrategy
{
    /// <summary>The next step of a search.</summary>
    /// <param name="history">The steps so far, in the order in which they were given out; some may still be running.</param>
    /// <param name="maxEpochs">Epochs of a configuration that is trained to the end.</param>
    /// <returns>
    /// What to train; <see cref="SearchDecision.Wait"/> to be asked again when a running step has ended;
    /// <see cref="SearchDecision.Done"/> to end the search. For results that do not depend on how many trials run side by side,
    /// decide by the losses of the same steps whether or not later ones have ended already. A strategy that throws, gives null, gives
    /// out a step a second time, waits while none of its steps is running, or does not answer before the experiment is over ends its search, with a row
    /// that says so.
    /// </returns>
    SearchDecision Next(IReadOnlyList<SearchStep> history, int maxEpochs);
}
