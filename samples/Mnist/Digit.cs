namespace Mnist;

/// <summary>A handwritten digit: one row of the training and test data.</summary>
internal sealed class Digit
{
    public const int Side = 28;

    /// <summary>28 rows of 28 pixels, from 0 (background) to 1 (ink). The network reads one row of pixels per time step.</summary>
    [VectorType(Side * Side)]
    public float[] Features { get; set; } = [];

    /// <summary>The digit, 0 to 9.</summary>
    public int Label { get; set; }
}

/// <summary>The prediction of the pipeline for a digit.</summary>
internal sealed class DigitPrediction
{
    /// <summary>The most probable digit.</summary>
    public int PredictedDigit { get; set; }

    /// <summary>The probability of each digit.</summary>
    public float[] Score { get; set; } = [];

    /// <summary>The probability of each digit after each row of pixels; empty if the network also reads from the bottom up.</summary>
    public float[] OverTime { get; set; } = [];
}
