using System.Globalization;
using System.Numerics;

namespace Rnn.MLNet.Windows;

/// <summary>The times in a column of the source.</summary>
internal sealed class ColumnTimes<T> : ITimes
    where T : struct, IComparable<T>, IFormattable
{
    private readonly DataViewSchema.Column _column;
    private readonly TimeScale<T> _scale;
    private readonly RowPlace _place;
    private readonly StepInterval? _interval;
    private readonly double _step;
    private readonly bool _refusesGaps;
    private readonly ValueGetter<T> _getter;
    /// <summary>The time of the last row of each group.</summary>
    private readonly List<T> _before = [];
    private T _read;
    private T _chosen;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">The column with the times.</param>
    /// <param name="scale">The scale of the column's type.</param>
    /// <param name="place">Names rows in error messages.</param>
    /// <param name="options">The options, of which the interval and the gaps are used.</param>
    public ColumnTimes(DataViewRow row, DataViewSchema.Column column, TimeScale<T> scale, RowPlace place, SequenceOptions options)
    {
        _column = column;
        _scale = scale;
        _place = place;
        _interval = options.Interval;
        _step = options.Interval?.Time?.Ticks ?? options.Interval?.Number ?? double.PositiveInfinity;
        _refusesGaps = options.Gaps == TimeGaps.Refuse;
        _getter = row.GetGetter<T>(column);
        Getter = (ValueGetter<T>)((ref T value) => value = _chosen);
    }

    public Delegate Getter { get; }

    public int Read(int group)
    {
        _getter(ref _read);
        if (_scale.IsMissing(_read))
        {
            throw new InvalidOperationException(
                $"The time column '{_column.Name}' must not be missing; {_place.Of(group)} holds {Text(_read)}. Replace or filter such rows.");
        }

        // Groups are numbered in the order in which they occur.
        if (group == _before.Count)
        {
            _before.Add(_read);
            return 0;
        }

        var before = _before[group];
        if (_read.CompareTo(before) < 0)
        {
            throw new InvalidOperationException(
                $"The time column '{_column.Name}' must not decrease within a group; {_place.Of(group)} holds {Text(_read)}, the row before it {Text(before)}. Sort the rows by time before they are loaded.");
        }

        var missing = MissingSteps(_scale.Difference(before, _read) / _step);
        return missing == 0 || !_refusesGaps ? missing : throw new InvalidOperationException(
            $"There is a gap in the time column '{_column.Name}': {_place.Of(group)} holds {Text(_read)}, the row before it {Text(before)}, which is more than one and a half times the Interval, {_interval}. Set Gaps to Split or CarryForward, or Interval to null.");
    }

    public void ChooseMissing(int group, int step) => _chosen = _scale.Add(_before[group], step * _step);

    public void Choose(int group) => _chosen = _before[group] = _read;

    /// <summary>Returns how many steps must be filled in so that no distance is more than one and a half intervals.</summary>
    private static int MissingSteps(double intervals) => intervals > 1.5 ? (int)Math.Min(Math.Ceiling(intervals - 1.5), int.MaxValue) : 0;

    private string Text(T time) => time.ToString(_scale.Format, CultureInfo.InvariantCulture);
}
