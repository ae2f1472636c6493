namespace Rnn.MLNet.Windows;

/// <summary>The labels in a column of the source.</summary>
internal sealed class ColumnLabels<T> : ILabels
    where T : notnull
{
    private static readonly IEqualityComparer<T> Comparer = CellValue.Comparer<T>();

    private readonly DataViewSchema.Column _column;
    private readonly LabelRule _rule;
    private readonly int _length;
    private readonly RowPlace _place;
    private readonly ValueGetter<T> _getter;
    private readonly List<StepRing<T>> _steps = [];
    private readonly Dictionary<T, int> _counts = new(Comparer);
    private T _read = default!;
    private T _chosen = default!;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">The column from which labels follow.</param>
    /// <param name="rule">How they follow.</param>
    /// <param name="length">The number of steps of a window.</param>
    /// <param name="place">Names rows in error messages.</param>
    public ColumnLabels(DataViewRow row, DataViewSchema.Column column, LabelRule rule, int length, RowPlace place)
    {
        _column = column;
        _rule = rule;
        _length = rule == LabelRule.Last ? 1 : length;
        _place = place;
        _getter = row.GetGetter<T>(column);
        Getter = (ValueGetter<T>)((ref T value) => value = _chosen);
    }

    public Delegate Getter { get; }

    public void Read() => _getter(ref _read);

    public void Add(int group)
    {
        var steps = StepsOf(group);
        // Labels seldom change from row to row: rows with the same text share it.
        var value = steps.Count > 0 && Comparer.Equals(steps.Last[0], _read) ? steps.Last[0] : CellValue.Own(_read);
        steps.Add([value]);
    }

    public void Repeat(int group) => StepsOf(group).Repeat();

    public void Choose(int group)
    {
        var steps = StepsOf(group);
        _chosen = _rule switch
        {
            LabelRule.Last => Present(steps.Last[0], group, "the last row"),
            LabelRule.First => Present(steps[0][0], group, "the first row"),
            LabelRule.Any => Any(steps),
            _ => MostFrequent(steps, group),
        };
    }

    private StepRing<T> StepsOf(int group)
    {
        // Groups are numbered in the order in which they occur; some have had no step yet.
        while (group >= _steps.Count)
        {
            _steps.Add(new StepRing<T>(_length, width: 1));
        }

        return _steps[group];
    }

    /// <summary>Returns the first value that is not false; false if there is none.</summary>
    private static T Any(StepRing<T> steps)
    {
        var step = 0;
        while (step < steps.Count - 1 && Comparer.Equals(steps[step][0], default!))
        {
            step++;
        }

        return steps[step][0];
    }

    private T MostFrequent(StepRing<T> steps, int group)
    {
        _counts.Clear();
        var most = 0;
        for (var step = 0; step < steps.Count; step++)
        {
            var value = Present(steps[step][0], group, "a row");
            most = Math.Max(most, _counts[value] = _counts.GetValueOrDefault(value) + 1);
        }

        var last = steps.Count - 1;
        while (_counts[steps[last][0]] < most)
        {
            last--;
        }

        return steps[last][0];
    }

    private T Present(T value, int group, string where) => !CellValue.IsMissing(value, _column.Type is KeyDataViewType)
        ? value
        : throw new InvalidOperationException(
            $"The label column '{_column.Name}' must not be missing in {where} of a window; it is in the window up to {_place.Of(group)}. Replace or filter such rows, or set Label to null for windows without a label.");
}
