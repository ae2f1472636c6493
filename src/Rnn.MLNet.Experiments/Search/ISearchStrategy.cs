namespace Rnn.MLNet.Comparison;

/// <summary>
/// Decides which configuration of a search is trained next, and for how many optimiser steps. A strategy must be stateless: its decision may depend
/// only on its arguments, because a resumed experiment asks a new instance.
/// </summary>
public interface ISearchStrategy
{
    /// <summary>Decides the next step of a search.</summary>
    /// <param name="history">The steps decided so far, in that order; some may still be running.</param>
    /// <param name="maxSteps">The number of optimiser steps of a fully trained configuration.</param>
    /// <returns>
    /// The configuration to train, from <see cref="SearchDecision.Train"/>; <see cref="SearchDecision.Wait"/> to be asked again when a running
    /// step has ended; <see cref="SearchDecision.Done"/> to end the search. For results that do not depend on how many trials run concurrently,
    /// base each decision on the losses of the same steps, whether or not later ones have already ended. The search ends with a failed trial if
    /// the strategy throws, returns null, repeats a step, waits while none of its steps is running, or does not answer before the experiment ends.
    /// </returns>
    SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps);
}
