namespace Rnn.MLNet.Windows;

/// <summary>The values of the last steps of a group, at most as many as a window has. Grows with the steps, up to that size.</summary>
/// <param name="length">The number of steps of a window.</param>
/// <param name="width">The number of values of a step.</param>
internal sealed class StepRing<T>(int length, int width)
{
    private T[] _values = [];
    private int _next;

    /// <summary>The number of steps that are held.</summary>
    public int Count { get; private set; }

    /// <summary>The values of the last step.</summary>
    public ReadOnlySpan<T> Last => this[Count - 1];

    /// <summary>The values of a step, counted from the oldest that is held.</summary>
    public ReadOnlySpan<T> this[int step] => _values.AsSpan((int)(((long)step + (Count < length ? 0 : _next)) % length) * width, width);

    /// <summary>Adds a step, in place of the oldest if there are as many as a window has.</summary>
    public void Add(ReadOnlySpan<T> values)
    {
        if (Count < length)
        {
            Count++;
            if (Count * width > _values.Length)
            {
                Array.Resize(ref _values, (int)Math.Min(2L * Count, length) * width);
            }
        }

        values.CopyTo(_values.AsSpan(_next * width, width));
        _next = _next + 1 == length ? 0 : _next + 1;
    }

    /// <summary>Adds a copy of the last step.</summary>
    public void Repeat() => Add(Last);

    /// <summary>Copies all steps, the oldest first.</summary>
    public void CopyTo(Span<T> destination)
    {
        var values = _values.AsSpan(0, Count * width);
        var oldest = Count < length ? 0 : _next * width;
        values[oldest..].CopyTo(destination);
        values[..oldest].CopyTo(destination[(values.Length - oldest)..]);
    }
}
