using Microsoft.ML.Transforms.Image;

namespace Images;

/// <summary>A file with a digit: one row of the training and test data.</summary>
internal sealed class DigitFile
{
    /// <summary>The path of the file, relative to the folder of all images.</summary>
    public string Path { get; set; } = "";

    /// <summary>The name of the folder that the file is in: the digit.</summary>
    public string Label { get; set; } = "";
}

/// <summary>An image in memory: a row for the saved model.</summary>
internal sealed class DigitImage
{
    [ImageType(Digit.Side, Digit.Side)]
    public MLImage? Image { get; set; }

    /// <summary>Not known; the pipeline begins with a conversion of this column.</summary>
    public string Label { get; set; } = "";
}

/// <summary>The prediction of the pipeline.</summary>
internal sealed class DigitPrediction
{
    /// <summary>The most probable digit.</summary>
    public string PredictedDigit { get; set; } = "";

    /// <summary>The probability of each digit.</summary>
    public float[] Score { get; set; } = [];
}
