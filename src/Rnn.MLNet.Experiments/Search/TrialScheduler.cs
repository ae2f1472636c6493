using System.Globalization;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Data;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Experiments.Search;

/// <summary>
/// Determines the order of the trials: first every candidate once, in the order in which they were added, then the searches in turn. While
/// the search whose turn it is waits, all wait, because the order must not depend on how fast a trial was.
/// </summary>
internal sealed class TrialScheduler
{
    private readonly IReadOnlyList<Candidate> _candidates;
    private readonly Dictionary<Candidate, SearchRun> _searches = [];
    private readonly List<SearchRun> _rotation;
    private int _firstTurns;
    private int _turn;
    private int _trials;

    public TrialScheduler(IReadOnlyList<Candidate> candidates, RnnExperimentSettings settings, ExperimentData data, string folder)
    {
        _candidates = candidates;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Search is not null)
            {
                _searches[candidates[i]] = new SearchRun(candidates[i], i, settings, data, folder);
            }
        }

        _rotation = [.. candidates.Where(_searches.ContainsKey).Select(candidate => _searches[candidate])];
    }

    /// <summary>The names of the candidates that have not been started.</summary>
    public IEnumerable<string> NotBegun => _candidates.Skip(_firstTurns).Select(candidate => candidate.Name);

    /// <summary>Returns the next trial; null if there is none, or none until a running trial ends.</summary>
    /// <param name="stop">Cancelled when the experiment ends; a strategy that has not answered by then is abandoned.</param>
    public TrialPlan? Next(CancellationToken stop)
    {
        while (_firstTurns < _candidates.Count)
        {
            var turnsLeft = _candidates.Count - _firstTurns;
            var candidate = _candidates[_firstTurns++];
            var plan = candidate.Build is null ? _searches[candidate].Next(_trials + 1, turnsLeft, stop) : Single(candidate, _firstTurns - 1, turnsLeft);
            if (plan is not null)
            {
                _trials++;
                return plan;
            }
        }

        while (_rotation.Count > 0)
        {
            _turn %= _rotation.Count;
            if (_rotation[_turn].Next(_trials + 1, turnsLeft: 0, stop) is { } plan)
            {
                _turn++;
                _trials++;
                return plan;
            }

            if (!_rotation[_turn].IsDone)
            {
                return null;
            }

            _rotation.RemoveAt(_turn);
        }

        return null;
    }

    private TrialPlan Single(Candidate candidate, int index, int turnsLeft) => new()
    {
        TrialId = _trials + 1,
        Key = index.ToString(CultureInfo.InvariantCulture),
        TrainerName = candidate.Name,
        TurnsLeft = turnsLeft,
        Build = candidate.Build!,
    };
}
