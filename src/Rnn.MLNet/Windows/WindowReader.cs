namespace Rnn.MLNet.Windows;

/// <summary>Reads the rows of a view in their order and gives the windows of all groups, each as soon as its last row is read.</summary>
/// <remarks>Its memory depends on the number of groups and the length of a window, not on the number of rows.</remarks>
internal sealed class WindowReader
{
    private readonly SequenceOptions _options;
    private readonly int _stepSize;
    private readonly DataViewRowCursor _rows;
    private readonly IGroups? _groups;
    private readonly ITimes? _times;
    private readonly StepReader? _features;
    private readonly ILabels? _labels;
    private readonly int _heldSteps;
    private readonly WindowTally _tally;
    private readonly List<WindowRun> _runs = [];
    private WindowRun? _chosen;

    /// <param name="rows">The rows of the source.</param>
    /// <param name="columns">The columns of the source and of the windows.</param>
    /// <param name="active">The indices of the windows' columns that a consumer requests.</param>
    /// <param name="needed">The source's columns that are needed for them.</param>
    /// <param name="options">The options.</param>
    /// <param name="warn">Receives a warning if some groups have no window.</param>
    public WindowReader(
        DataViewRowCursor rows, WindowColumns columns, IReadOnlySet<int> active, NeededColumns needed, SequenceOptions options, Action<string> warn)
    {
        _options = options;
        _stepSize = columns.StepSize;
        _rows = rows;
        _groups = columns.Group is { } group ? OpenColumn.Groups(rows, group) : null;
        var place = new RowPlace(rows, _groups);
        _times = columns.Time is { } time ? OpenColumn.Times(rows, time, place, options) : null;
        _features = needed.Features ? new StepReader(rows, columns.Features, place, acceptsMissing: options.MissingFeatures != MissingFeatures.Refuse) : null;
        _labels = needed.Label ? OpenColumn.Labels(rows, columns.Label!.Value, place, options) : null;
        // Missing features may matter although nobody asks for features.
        _heldSteps = active.Contains(columns.FeaturesIndex) ? options.Length : 1;
        _tally = new WindowTally(options, _groups, warn);
    }

    /// <summary>A getter of the groups of windows.</summary>
    public Delegate? Groups => _groups?.Getter;

    /// <summary>A getter of the times of the last rows of windows.</summary>
    public Delegate? Times => _times?.Getter;

    /// <summary>A getter of the labels of windows.</summary>
    public Delegate? Labels => _labels?.Getter;

    /// <summary>A getter of the features of windows.</summary>
    public ValueGetter<VBuffer<float>> Features => (ref VBuffer<float> destination) =>
    {
        var editor = VBufferEditor.Create(ref destination, _options.Length * _stepSize);
        _chosen!.Features!.CopyTo(editor.Values);
        destination = editor.Commit();
    };

    /// <summary>Reads all rows, and stops at each window, whose values the getters return.</summary>
    /// <returns>The number of the window, counted from 0.</returns>
    /// <exception cref="InvalidOperationException">A row cannot be used, or there are rows but no window.</exception>
    public IEnumerable<long> Windows()
    {
        while (_rows.MoveNext())
        {
            var run = RunOf(_groups?.Read() ?? 0);
            run.Rows++;
            var missing = _times?.Read(run.Group) ?? 0;
            _features?.Read(run.Group);
            _labels?.Read();
            if (missing > 0 && (_options.Gaps != TimeGaps.CarryForward || !run.CanRepeat(missing)))
            {
                End(run);
                missing = 0;
            }

            for (var step = 1; step <= missing; step++)
            {
                run.Repeat();
                _labels?.Repeat(run.Group);
                if (EndsWindow(run))
                {
                    _times!.ChooseMissing(run.Group, step);
                    Choose(run);
                    yield return _tally.Windows - 1;
                }
            }

            _times?.Choose(run.Group);
            if (!run.TryAdd(_features is null ? [] : _features.Values))
            {
                End(run);
                continue;
            }

            _labels?.Add(run.Group);
            if (EndsWindow(run))
            {
                Choose(run);
                yield return _tally.Windows - 1;
            }
        }

        _tally.Complete(_runs);
    }

    private WindowRun RunOf(int group)
    {
        // Groups are numbered in the order in which they occur.
        if (group == _runs.Count)
        {
            _runs.Add(new WindowRun(group, _features is null ? null : new StepRing<float>(_heldSteps, _stepSize), _stepSize, _options));
        }

        return _runs[group];
    }

    private void End(WindowRun run)
    {
        _tally.Ended();
        run.End();
    }

    private bool EndsWindow(WindowRun run)
    {
        _tally.Step(run);
        return run.Steps >= _options.Length && (run.Steps - _options.Length) % _options.Stride == 0;
    }

    private void Choose(WindowRun run)
    {
        _groups?.Choose(run.Group);
        _labels?.Choose(run.Group);
        _chosen = run;
        _tally.Window(run);
    }
}
