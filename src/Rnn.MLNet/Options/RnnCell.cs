using System.Globalization;
using System.Reflection;

namespace Rnn.MLNet;

/// <summary>
/// The recurrent cell of a network, which defines the computation of one time step. The cells are named as in TensorFlow 1.8.
/// </summary>
/// <param name="Units">
/// The size of the hidden state, from 1 to 65,536. The outputs of a layer have the shape <c>[batch, time, Units]</c> in each direction, unless
/// the cell projects them (<see cref="LstmCell.ProjectionSize"/>).
/// </param>
public abstract record RnnCell(int Units)
{
    /// <summary>The largest number of units: far above any useful size, and small enough that the computation of shapes does not overflow.</summary>
    internal const int MaximumUnits = 65_536;

    /// <summary>The names and values of the properties. The values are culture-invariant because they are written to files and compared.</summary>
    internal IEnumerable<(string Name, string Value)> Properties => GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .OrderBy(property => property.DeclaringType == typeof(RnnCell) ? 0 : 1)
        .Select(property => (property.Name, Convert.ToString(property.GetValue(this), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "null"));

    /// <summary>Returns a culture-invariant description of the cell.</summary>
    /// <returns>The type name followed by all properties, such as <c>BasicLstmCell { Units = 128, ForgetBias = 1 }</c>.</returns>
    public sealed override string ToString() =>
        $"{GetType().Name} {{ {string.Join(", ", Properties.Select(property => $"{property.Name} = {property.Value}"))} }}";

    /// <summary>Validates all properties.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Thrown if a property is out of range. The message contains its name.</exception>
    /// <exception cref="NotSupportedException">Thrown if the cell is not defined by this library.</exception>
    internal void Validate()
    {
        Require(Units is >= 1 and <= MaximumUnits, nameof(Units), Units, $"from 1 to {MaximumUnits}");
        ValidateProperties();
    }

    /// <summary>Creates the exception for a cell that is derived outside this library.</summary>
    internal NotSupportedException Unknown() => new($"The cell {GetType().Name} is not a cell of Rnn.MLNet.");

    /// <summary>Validates the range and the consistency of the properties that the derived type adds.</summary>
    private protected virtual void ValidateProperties() => throw Unknown();

    /// <summary>Returns the name of a property, qualified with the name of the cell.</summary>
    private protected string Named(string property) => $"{GetType().Name}.{property}";

    private protected void Require(bool condition, string property, object? value, string expected) =>
        OptionRequirement.Require(condition, Named(property), value, expected);
}
