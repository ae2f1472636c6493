using System.Globalization;
using static Rnn.MLNet.OptionRequirement;

namespace Rnn.MLNet;

/// <summary>
/// The expected distance of two consecutive rows of a group: a time, if the rows are ordered by times, or a number, if they are ordered by numbers.
/// Both convert implicitly: <c>Interval = TimeSpan.FromMinutes(1)</c>, <c>Interval = 0.5</c>.
/// </summary>
public sealed record StepInterval
{
    /// <summary>Creates the interval of rows that are ordered by a column of DateTime, DateTimeOffset or TimeSpan.</summary>
    /// <param name="time">The interval, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is not above zero.</exception>
    public StepInterval(TimeSpan time)
    {
        Require(time > TimeSpan.Zero, nameof(SequenceOptions.Interval), time, "above zero");
        Time = time;
    }

    /// <summary>Creates the interval of rows that are ordered by a column of numbers.</summary>
    /// <param name="number">The interval, finite and above 0, in the unit of the column.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is not above 0 or not finite.</exception>
    public StepInterval(double number)
    {
        Require(number > 0 && double.IsFinite(number), nameof(SequenceOptions.Interval), number, "a finite number above 0");
        Number = number;
    }

    /// <summary>The interval of rows that are ordered by times; null if they are ordered by numbers.</summary>
    public TimeSpan? Time { get; }

    /// <summary>The interval of rows that are ordered by numbers; null if they are ordered by times.</summary>
    public double? Number { get; }

    /// <summary>Creates the interval of rows that are ordered by times.</summary>
    /// <param name="time">The interval, above zero.</param>
    /// <returns>The interval, for <see cref="SequenceOptions.Interval"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is not above zero.</exception>
    public static implicit operator StepInterval(TimeSpan time) => new(time);

    /// <summary>Creates the interval of rows that are ordered by numbers.</summary>
    /// <param name="number">The interval, finite and above 0.</param>
    /// <returns>The interval, for <see cref="SequenceOptions.Interval"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is not above 0 or not finite.</exception>
    public static implicit operator StepInterval(double number) => new(number);

    /// <summary>Returns the time or the number in a form that does not depend on the culture.</summary>
    public override string ToString() => Time?.ToString("c", CultureInfo.InvariantCulture) ?? Number!.Value.ToString(CultureInfo.InvariantCulture);
}
