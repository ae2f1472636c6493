using System.Globalization;

namespace Rnn.MLNet;

/// <summary>Checks on the values of options. Each error message contains the name of the property and its value.</summary>
internal static class OptionRequirement
{
    /// <summary>The largest magnitude of an initial weight or weight decay. Larger values are not useful, and their sums may overflow.</summary>
    public const double Large = 1e6;

    /// <summary>Requires a condition.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Thrown if <paramref name="condition"/> is false.</exception>
    public static void Require(bool condition, string property, object? value, string expected)
    {
        if (!condition)
        {
            var shown = value is null ? "null" : value is "" ? "an empty string" : Convert.ToString(value, CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(property, value, $"{property} must be {expected}; it is {shown}.");
        }
    }

    /// <summary>Requires a finite number whose magnitude is at most <see cref="Large"/>.</summary>
    public static void Bounded(double value, string property)
    {
        Require(double.IsFinite(value), property, value, "a finite number");
        Require(Math.Abs(value) <= Large, property, value, "from -1e6 to 1e6");
    }

    /// <summary>
    /// Requires null or a positive number within bounds such that neither it nor products with it underflow to 0 or overflow in
    /// single precision.
    /// </summary>
    public static void Positive(double? value, string property)
    {
        Require(value is null or > 0, property, value, "a positive number, or null");
        Require(value is null or (>= 1e-30 and <= float.MaxValue), property, value, "from 1e-30 to 3.4e38, or null");
    }

    /// <summary>Requires a defined value of an enumeration.</summary>
    public static void Defined<T>(T value, string property)
        where T : struct, Enum =>
        Require(Enum.IsDefined(value), property, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");
}
