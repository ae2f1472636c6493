using System.Globalization;
using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>Resolves <see cref="ClassWeights"/> for the classes of a label column.</summary>
internal static class ClassWeighting
{
    /// <summary>Returns the factors of the classes. The largest is 1, so that no product with an example weight overflows.</summary>
    /// <param name="weights">The requested weights.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="column">The name of the label column.</param>
    /// <exception cref="ArgumentException">A weight is given for a class that the column does not have.</exception>
    public static TargetWeights Of(ClassWeights weights, LabelKeys labels, string column)
    {
        if (weights.Equals(ClassWeights.None))
        {
            return TargetWeights.Equal;
        }

        return weights.Explicit is { } ofClasses ? new TargetWeights(Explicit(ofClasses, labels, column)) : new TargetWeights(labels.Count, Balanced);
    }

    private static float[] Balanced(IReadOnlyList<double> totals)
    {
        // A class without rows has no effect on the others.
        var total = totals.Sum();
        return Normalized([.. totals.Select(ofClass => ofClass > 0 ? total / ofClass : 0)]);
    }

    private static float[] Explicit(IReadOnlyDictionary<string, double> weights, LabelKeys labels, string column)
    {
        var names = labels.Names ?? [.. Enumerable.Range(1, labels.Count).Select(key => key.ToString(CultureInfo.InvariantCulture))];
        return weights.Keys.Except(names).FirstOrDefault() is { } unknown
            ? throw new ArgumentException($"ClassWeights has a weight for the class '{unknown}', which the label column '{column}' does not have; it has {labels}. In cross-validation a fold may lack a class: map the labels to keys before it.")
            : Normalized([.. names.Select(name => weights.GetValueOrDefault(name, 1))]);
    }

    private static float[] Normalized(double[] weights)
    {
        var largest = weights.Max();
        return [.. weights.Select(weight => largest > 0 ? (float)(weight / largest) : 0)];
    }
}
