using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Native;

/// <summary>While anybody computes, products are not rounded to TF32; afterwards the application has its own settings again.</summary>
[Collection(nameof(Alone))]
public sealed class FullPrecisionTests : IDisposable
{
    private readonly (bool Cudnn, bool Products) _before = Allowed;

    public void Dispose() => Allowed = _before;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void From_the_first_user_to_the_last(bool cudnn, bool products)
    {
        Allowed = (cudnn, products);
        for (var time = 0; time < 2; time++)
        {
            using (FullPrecision.Use())
            {
                Assert.Equal((false, false), Allowed);
                using (FullPrecision.Use())
                {
                    Assert.Equal((false, false), Allowed);
                }

                Assert.Equal((false, false), Allowed);
            }

            Assert.Equal((cudnn, products), Allowed);
        }
    }

    private static (bool Cudnn, bool Products) Allowed
    {
        get => (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32);
        set => (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32) = value;
    }
}
