using System.Numerics;

namespace Rnn.MLNet.Windows;

/// <summary>The scales of the types of time columns.</summary>
internal static class TimeScales
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    // ML.NET reads an empty cell as the first moment of the calendar.

    public static TimeScale<DateTime> DateTime { get; } = new(
        (from, to) => to.Ticks - from.Ticks, (time, ticks) => time.AddTicks((long)Math.Round(ticks)), time => time == default, Format);

    public static TimeScale<DateTimeOffset> DateTimeOffset { get; } = new(
        (from, to) => to.UtcTicks - from.UtcTicks, (time, ticks) => time.AddTicks((long)Math.Round(ticks)), time => time == default, Format + " zzz");

    public static TimeScale<TimeSpan> TimeSpan { get; } = new(
        (from, to) => (double)((Int128)to.Ticks - from.Ticks), (time, ticks) => time + new TimeSpan(long.CreateSaturating(Math.Round(ticks))), _ => false, "c");

    // The difference of two 64-bit numbers may need 65 bits, and their sum rounds in double precision.
    public static TimeScale<T> Integer<T>()
        where T : IBinaryInteger<T> => new(
            (from, to) => (double)(Int128.CreateChecked(to) - Int128.CreateChecked(from)),
            (time, difference) => T.CreateChecked(Int128.CreateChecked(time) + (Int128)Math.Round(difference)),
            _ => false,
            null);

    public static TimeScale<T> Real<T>()
        where T : IBinaryFloatingPointIeee754<T> => new(
            (from, to) => double.CreateChecked(to) - double.CreateChecked(from),
            (time, difference) => T.CreateChecked(double.CreateChecked(time) + difference),
            time => !T.IsFinite(time),
            null);
}
