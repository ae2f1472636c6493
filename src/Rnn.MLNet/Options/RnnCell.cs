using System.Globalization;
using System.Reflection;

namespace Rnn.MLNet;

/// <summary>
/// The recurrent cell of a network: what one time step computes. The names are those of TensorFlow 1.8.
/// </summary>
/// <param name="Units">Size of the hidden state, from 1 to 65,536. A layer's outputs are <c>[batch, time, Units]</c>.</param>
public abstract record RnnCell(int Units)
{
    /// <summary>Far beyond any useful size; keeps the arithmetic of shapes within bounds.</summary>
    internal const int MaximumUnits = 65_536;

    /// <summary>The properties by name, with values that are the same in every culture: they go into files and are compared.</summary>
    internal IEnumerable<(string Name, string Value)> Properties => GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .OrderBy(property => property.DeclaringType == typeof(RnnCell) ? 0 : 1)
        .Select(property => (property.Name, Convert.ToString(property.GetValue(this), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "null"));

    /// <summary>The cell in words, the same in every culture.</summary>
    /// <returns>Its name and its properties.</returns>
    public sealed override string ToString() =>
        $"{GetType().Name} {{ {string.Join(", ", Properties.Select(property => $"{property.Name} = {property.Value}"))} }}";

    /// <summary>Refuses properties out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A property is out of range; the message names it.</exception>
    /// <exception cref="NotSupportedException">The cell is none of this library's.</exception>
    internal void Validate()
    {
        Require(Units is >= 1 and <= MaximumUnits, nameof(Units), Units, $"from 1 to {MaximumUnits}");
        ValidateProperties();
    }

    /// <summary>The error for a cell that somebody else derived.</summary>
    internal NotSupportedException Unknown() => new($"The cell {GetType().Name} is none of Rnn.MLNet's.");

    /// <summary>Refuses what is out of range, or contradicts, among the properties of the cell's own.</summary>
    private protected virtual void ValidateProperties() => throw Unknown();

    /// <summary>A property with the cell's name before it.</summary>
    private protected string Named(string property) => $"{GetType().Name}.{property}";

    private protected void Require(bool condition, string property, object? value, string expected) =>
        OptionRequirement.Require(condition, Named(property), value, expected);
}
