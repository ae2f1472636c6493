using System.Numerics.Tensors;

namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>Checks that all contenders give the same scores, and that the scores are those of a trained network.</summary>
internal static class ScoreCheck
{
    private const float Tolerance = 1e-5f;

    /// <exception cref="InvalidOperationException">The scores differ.</exception>
    public static void Agree(string contender, ReadOnlySpan<float> scores, ReadOnlySpan<float> expected)
    {
        var difference = Largest(scores, expected);
        if (!(difference <= Tolerance))
        {
            throw new InvalidOperationException(
                $"{contender}: a score differs by {difference:G3} from that of the other contenders; at most {Tolerance:G1} is allowed.");
        }
    }

    /// <exception cref="InvalidOperationException">The scores are little better than chance.</exception>
    public static void AreOfATrainedNetwork(string contender, float[] scores, MnistRows rows)
    {
        const int Classes = NetworkShape.Classes;
        var right = rows.Sequences.Index().Count(row =>
            TensorPrimitives.IndexOfMax<float>(scores.AsSpan(row.Index * Classes, Classes)) == row.Item.Label);
        if (right < rows.Count / 2)
        {
            throw new InvalidOperationException(
                $"{contender}: only {right} of {rows.Count} rows are classified correctly; expected most of them.");
        }
    }

    private static float Largest(ReadOnlySpan<float> scores, ReadOnlySpan<float> expected)
    {
        var largest = 0f;
        for (var i = 0; i < expected.Length; i++)
        {
            // Math.Max propagates NaN, which the caller's comparison with the tolerance rejects.
            largest = Math.Max(largest, Math.Abs(scores[i] - expected[i]));
        }

        return largest;
    }
}
