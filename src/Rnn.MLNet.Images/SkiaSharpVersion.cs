using SkiaSharp;

namespace Rnn.MLNet.Images;

/// <summary>The version of SkiaSharp that the application loads.</summary>
internal static class SkiaSharpVersion
{
    private const int Supported = 2;

    /// <summary>Requires the version that ML.NET's images are compiled for; with another, they fail with a MissingMethodException in the middle of the data.</summary>
    /// <exception cref="NotSupportedException">The application loads another version.</exception>
    public static void Require() => Require(typeof(SKBitmap).Assembly.GetName().Version);

    internal static void Require(Version? version)
    {
        if (version is not null && version.Major != Supported)
        {
            throw new NotSupportedException(
                $"The images of Microsoft.ML.ImageAnalytics 5.0 need SkiaSharp {Supported}; this application loads SkiaSharp {version.Major}.{version.Minor}."
                + " Another package asks for it: use that in a program without images.");
        }
    }
}
