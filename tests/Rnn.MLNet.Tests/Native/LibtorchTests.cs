namespace Rnn.MLNet.Tests.Native;

/// <summary>The device that an option means on this machine, and what a message says of the machine where libtorch does not load.</summary>
public sealed class LibtorchTests
{
    [Fact]
    public void The_processor_is_always_there()
    {
        Assert.Equal(DeviceType.CPU, Libtorch.Load(RnnDevice.Cpu).type);
    }

    [Fact]
    public void Without_a_GPU_it_is_the_processor_or_an_error()
    {
        Assert.SkipWhen(torch.cuda_is_available(), "It needs a machine without a GPU.");

        Assert.Equal(DeviceType.CPU, Libtorch.Load(RnnDevice.Auto).type);
        Assert.StartsWith("Device is Cuda, but libtorch finds no CUDA GPU.", Assert.Throws<InvalidOperationException>(() => Libtorch.Load(RnnDevice.Cuda)).Message);
    }

    [Fact]
    public void The_platform_is_named_as_NuGet_does()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

        Assert.Equal($"{system}-{(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "x64" : "arm64")}", Libtorch.Platform);
    }

    [Fact]
    public void The_version_is_that_of_the_package()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", Libtorch.Version);
    }
}
