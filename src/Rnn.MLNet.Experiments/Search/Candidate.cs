using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Search;

/// <summary>A named candidate: either a single estimator or a search.</summary>
internal sealed record Candidate(string Name, Func<MLContext, TrialContext, IEstimator<ITransformer>>? Build, SearchDefinition? Search);

/// <summary>The definition of a search: what to draw from, the fixed options, and the strategy.</summary>
internal sealed record SearchDefinition(RnnSearchSpace Space, RnnClassifierOptions Options, ISearchStrategy Strategy)
{
    /// <summary>Returns the definition as text. Searches with the same trials have the same text.</summary>
    public override string ToString() =>
        $"{Space}; {Options with { CancellationToken = default, Progress = null, ValidationSet = null }}; {Strategy}";
}
