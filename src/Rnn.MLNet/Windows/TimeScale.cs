namespace Rnn.MLNet.Windows;

/// <summary>How times of a type are compared and shown.</summary>
/// <param name="Difference">Returns how much later the second time is than the first, in ticks, or in the unit of the numbers.</param>
/// <param name="Add">Returns the time that is later than another by a difference.</param>
/// <param name="IsMissing">Returns whether a time is missing.</param>
/// <param name="Format">The format of a time in error messages; null for the one of its type.</param>
internal sealed record TimeScale<T>(Func<T, T, double> Difference, Func<T, double, T> Add, Func<T, bool> IsMissing, string? Format);
