using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Search;

/// <summary>What the user added under one name: one estimator, or a search.</summary>
internal sealed record Candidate(string Name, Func<MLContext, TrialContext, IEstimator<ITransformer>>? Build, SearchDefinition? Search);

/// <summary>A search as the user described it.</summary>
internal sealed record SearchDefinition(RnnSearchSpace Space, RnnClassifierOptions Options, ISearchStrategy Strategy)
{
    /// <summary>The definition in words; two searches of the same trials read the same.</summary>
    public override string ToString() =>
        $"{Space}; {Options with { CancellationToken = default, Progress = null, ValidationSet = null }}; {Strategy}";
}
