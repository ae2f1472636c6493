using Microsoft.ML.Data;

namespace Scoring;

/// <summary>A row to score. The saved pipeline begins with a conversion of the label, so the row has one (see docs/deploying.md).</summary>
internal sealed class Digit
{
    [VectorType(TestDigits.Pixels)]
    public float[] Features { get; set; } = [];

    public int Label { get; set; }
}
