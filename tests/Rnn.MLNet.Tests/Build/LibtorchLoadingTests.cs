namespace Rnn.MLNet.Tests.Build;

/// <summary>Guards build/Rnn.MLNet.targets: without it libtorch does not load on Debian 12 (GLIBCXX_3.4.32 not found).</summary>
public sealed class LibtorchLoadingTests
{
    [Fact]
    public void A_tensor_can_be_created()
    {
        using var ones = torch.ones(2, 3);

        Assert.Equal([2, 3], ones.shape);
        using var sum = ones.sum();
        Assert.Equal(6f, sum.item<float>());
    }

    [Fact]
    public void Only_the_native_libraries_of_the_host_are_in_the_output_folder()
    {
        Assert.False(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "runtimes")));
    }
}
