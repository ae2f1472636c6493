namespace Rnn.MLNet.Reading;

/// <summary>Reads the target of a row or cursor at its current position.</summary>
internal interface ITargetReader
{
    /// <summary>Reads the target of the current row.</summary>
    /// <param name="target">A buffer for the words of the target, see <see cref="ITargets"/>.</param>
    /// <returns>Whether the row has a target. Rows without one are skipped.</returns>
    /// <exception cref="InvalidOperationException">Thrown if the target is out of range.</exception>
    bool TryRead(Span<int> target);
}
