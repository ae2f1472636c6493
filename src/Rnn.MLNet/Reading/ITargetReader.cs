namespace Rnn.MLNet.Reading;

/// <summary>Reads the target of a row or cursor at its current position.</summary>
internal interface ITargetReader
{
    /// <summary>Reads the current row's target.</summary>
    /// <param name="target">The words, see <see cref="ITargets"/>.</param>
    /// <returns>Whether the row has one; a row without is passed over.</returns>
    /// <exception cref="InvalidOperationException">The target is out of range.</exception>
    bool TryRead(Span<int> target);
}
