namespace Rnn.MLNet.Windows;

/// <summary>Counts windows, and says at the end of the rows which groups have none.</summary>
/// <param name="options">The options.</param>
/// <param name="groups">The groups; null if all rows belong to one series.</param>
/// <param name="warn">Receives a warning if some groups have no window.</param>
internal sealed class WindowTally(SequenceOptions options, IGroups? groups, Action<string> warn)
{
    private bool _ended;
    private (WindowRun Run, long Steps)? _longest;

    /// <summary>The number of windows so far.</summary>
    public long Windows { get; private set; }

    /// <summary>Counts a step that was added to a run.</summary>
    public void Step(WindowRun run)
    {
        if (Windows == 0 && !(run.Steps <= _longest?.Steps))
        {
            _longest = (run, run.Steps);
        }
    }

    /// <summary>Counts a window.</summary>
    public void Window(WindowRun run)
    {
        Windows++;
        run.HasWindow = true;
    }

    /// <summary>Notes that a gap or a missing feature ended a run.</summary>
    public void Ended() => _ended = true;

    /// <summary>Ends the rows.</summary>
    /// <param name="runs">The runs of all groups.</param>
    /// <exception cref="InvalidOperationException">There are rows but no window.</exception>
    public void Complete(IReadOnlyList<WindowRun> runs)
    {
        if (runs.Count > 0 && Windows == 0)
        {
            throw new InvalidOperationException($"There is no window: {Longest(runs)}, and Length is {options.Length}.");
        }

        var without = runs.Where(run => !run.HasWindow).ToList();
        if (without.Count > 0)
        {
            var first = without[0];
            warn(
                $"{without.Count} of {runs.Count} groups of the column '{options.GroupBy}' have no window, such as {groups!.Describe(first.Group)} with {Count(first.Rows, "row")}: Length is {options.Length}{(_ended ? ", and gaps or missing features end a run" : "")}.");
        }
    }

    private string Longest(IReadOnlyList<WindowRun> runs)
    {
        if (_longest is not { } longest)
        {
            return $"each of the {Count(runs.Sum(run => run.Rows), "row")} has a missing feature";
        }

        var rows = Count(longest.Run.Rows, "row");
        var group = groups?.Describe(longest.Run.Group);
        return (_ended, group) switch
        {
            (false, null) => $"the data has {rows}",
            (false, _) => $"the longest of {Count(runs.Count, "group")} of the column '{options.GroupBy}', {group}, has {rows}",
            (true, null) => $"the longest run without a gap or a missing feature has {Count(longest.Steps, "step")} of {rows}",
            (true, _) => $"the longest run without a gap or a missing feature, in group {group} of the column '{options.GroupBy}', has {Count(longest.Steps, "step")} of {rows}",
        };
    }

    private static string Count(long number, string noun) => FormattableString.Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");
}
