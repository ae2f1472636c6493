namespace Rnn.MLNet;

/// <summary>The values that <c>ImageToSequence</c> takes of each pixel.</summary>
public enum ImageColors
{
    /// <summary>One value, the brightness: 0.3 × red + 0.59 × green + 0.11 × blue, as <c>ConvertToGrayscale</c> computes it.</summary>
    Grayscale,

    /// <summary>Three values, red, green and blue, in this order.</summary>
    Rgb,
}
