namespace Scoring;

/// <summary>What is read of an answer.</summary>
internal sealed class DigitPrediction
{
    public int PredictedDigit { get; set; }

    public float[] Score { get; set; } = [];
}
