namespace Rnn.MLNet;

/// <summary>
/// What happens to a gap in time: two consecutive rows of a group that are more than one and a half intervals
/// (<see cref="SequenceOptions.Interval"/>) apart.
/// </summary>
public enum TimeGaps
{
    /// <summary>A gap is an error, whose message names the group, the row and both times. The default.</summary>
    Refuse,

    /// <summary>No window contains a gap: the row after it begins anew.</summary>
    Split,

    /// <summary>
    /// Copies of the row before the gap take the place of the missing steps, with times one interval apart, at most
    /// <see cref="SequenceOptions.MaxCarriedSteps"/>. A longer gap is not filled; the row after it begins anew, as with <see cref="Split"/>.
    /// </summary>
    CarryForward,
}
