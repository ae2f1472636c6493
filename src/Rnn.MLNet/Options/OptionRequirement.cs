using System.Globalization;

namespace Rnn.MLNet;

/// <summary>What options must fulfil; each error names the property and its value.</summary>
internal static class OptionRequirement
{
    /// <summary>Weights that start at more, or decay by more, are a mistake; far more, and a sum of them overflows.</summary>
    public const double Large = 1e6;

    /// <exception cref="ArgumentOutOfRangeException">The condition is false.</exception>
    public static void Require(bool condition, string property, object? value, string expected)
    {
        if (!condition)
        {
            var shown = value is null ? "null" : value is "" ? "an empty string" : Convert.ToString(value, CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(property, value, $"{property} must be {expected}; it is {shown}.");
        }
    }

    /// <summary>A finite number, not large.</summary>
    public static void Bounded(double value, string property)
    {
        Require(double.IsFinite(value), property, value, "a finite number");
        Require(Math.Abs(value) <= Large, property, value, "from -1e6 to 1e6");
    }

    /// <summary>A positive number, or null; as a Single neither 0 nor infinite, nor what it is multiplied with.</summary>
    public static void Positive(double? value, string property)
    {
        Require(value is null or > 0, property, value, "a positive number, or null");
        Require(value is null or (>= 1e-30 and <= float.MaxValue), property, value, "from 1e-30 to 3.4e38, or null");
    }

    /// <summary>One of an enumeration's values.</summary>
    public static void Defined<T>(T value, string property)
        where T : struct, Enum =>
        Require(Enum.IsDefined(value), property, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");
}
