using Rnn.MLNet.Windows;

namespace Rnn.MLNet;

/// <summary>How the label of a window follows from a column of its rows. The label has the type and the annotations of that column.</summary>
/// <remarks>
/// The column holds texts, keys, Booleans or numbers. If the value that the label would be is missing (an empty text, a missing key, NaN),
/// reading the windows throws an <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed record SequenceLabel
{
    private SequenceLabel(LabelRule rule, string columnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(columnName);
        Rule = rule;
        ColumnName = columnName;
    }

    /// <summary>The name of the column.</summary>
    public string ColumnName { get; }

    internal LabelRule Rule { get; }

    /// <summary>The label of a window is the value of its last row.</summary>
    /// <param name="columnName">The name of a column of texts, keys, Booleans or numbers.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException"><paramref name="columnName"/> is null or empty.</exception>
    public static SequenceLabel Last(string columnName) => new(LabelRule.Last, columnName);

    /// <summary>The label of a window is the value of its first row.</summary>
    /// <param name="columnName">The name of a column of texts, keys, Booleans or numbers.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException"><paramref name="columnName"/> is null or empty.</exception>
    public static SequenceLabel First(string columnName) => new(LabelRule.First, columnName);

    /// <summary>The label of a window is true if the value of any of its rows is true.</summary>
    /// <param name="columnName">The name of a column of Booleans.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException"><paramref name="columnName"/> is null or empty.</exception>
    public static SequenceLabel Any(string columnName) => new(LabelRule.Any, columnName);

    /// <summary>
    /// The label of a window is the value that most of its rows have; of several equally frequent values the one that occurs last in the window.
    /// </summary>
    /// <param name="columnName">The name of a column of texts, keys, Booleans or numbers.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException"><paramref name="columnName"/> is null or empty.</exception>
    public static SequenceLabel MostFrequent(string columnName) => new(LabelRule.MostFrequent, columnName);

    /// <summary>Returns the rule and the column, such as <c>Last(Fault)</c>.</summary>
    public override string ToString() => $"{Rule}({ColumnName})";
}
