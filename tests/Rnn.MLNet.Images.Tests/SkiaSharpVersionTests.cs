using Rnn.MLNet.Images;

namespace Rnn.MLNet.Tests.Images;

/// <summary>With another SkiaSharp, which another package may bring, ML.NET's images fail: that is said before a row is read.</summary>
public sealed class SkiaSharpVersionTests
{
    [Fact]
    public void A_version_that_images_do_not_run_with_is_refused()
    {
        var exception = Assert.Throws<NotSupportedException>(() => SkiaSharpVersion.Require(new Version(3, 119, 0, 0)));

        Assert.StartsWith("The images of Microsoft.ML.ImageAnalytics 5.0 need SkiaSharp 2; this application loads SkiaSharp 3.119.", exception.Message);
    }
}
