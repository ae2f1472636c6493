using System.Collections.Frozen;
using System.Globalization;

namespace Rnn.MLNet;

/// <summary>
/// The weights of classes in training: the weight of each row is multiplied by that of its class, in the loss of the training rows and in that of
/// the validation rows. Only ratios matter: if all classes have the same weight, the result is the same, bit for bit, as without weights.
/// </summary>
/// <remarks>
/// Weights above 1 for rare classes raise their recall. The scores are then no longer estimates of the classes' frequencies, so the log-loss on
/// unweighted rows rises.
/// </remarks>
public sealed class ClassWeights
{
    private ClassWeights(string description, FrozenDictionary<string, double>? weights = null)
    {
        Description = description;
        Explicit = weights;
    }

    /// <summary>All classes have the same weight. The default.</summary>
    public static ClassWeights None { get; } = new("None");

    /// <summary>
    /// Each class has the same total weight: rows / (classes × rows of the class), where a row of example weight 2 counts as two rows and classes
    /// without rows do not count.
    /// </summary>
    public static ClassWeights Balanced { get; } = new("Balanced");

    /// <summary>Gives classes explicit weights.</summary>
    /// <param name="weights">
    /// The weights by class: the value of the label's key as text (in the invariant culture), or the key's number, from 1, if the label has no key
    /// values. Finite and at least 0. Classes that are not listed have a weight of 1.
    /// </param>
    /// <returns>These weights, for <see cref="RnnClassifierOptions.ClassWeights"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative, not finite or above 1e30.</exception>
    /// <exception cref="ArgumentException"><paramref name="weights"/> is empty.</exception>
    public static ClassWeights Of(IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        foreach (var (name, weight) in weights)
        {
            OptionRequirement.Require(weight is >= 0 and <= 1e30, $"{nameof(ClassWeights)}[{name}]", weight, "from 0 to 1e30");
        }

        if (weights.Count == 0)
        {
            throw new ArgumentException("ClassWeights needs at least one weight; use ClassWeights.None for equal weights.", nameof(weights));
        }

        return new ClassWeights(
            string.Join(", ", weights.OrderBy(weight => weight.Key, StringComparer.Ordinal).Select(weight => string.Create(CultureInfo.InvariantCulture, $"{weight.Key}: {weight.Value}"))),
            weights.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>The weights by class; null for <see cref="None"/> and <see cref="Balanced"/>.</summary>
    internal FrozenDictionary<string, double>? Explicit { get; }

    private string Description { get; }

    /// <summary>Returns whether another object gives the same weights.</summary>
    /// <param name="obj">The other object.</param>
    /// <returns>True for class weights with the same rule and the same values.</returns>
    public override bool Equals(object? obj) => obj is ClassWeights other && (Explicit is null) == (other.Explicit is null) && Description == other.Description;

    /// <summary>Returns a hash code that equal weights share.</summary>
    /// <returns>The hash code.</returns>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Description);

    /// <summary>Returns <c>None</c>, <c>Balanced</c>, or the classes with their weights.</summary>
    public override string ToString() => Description;
}
