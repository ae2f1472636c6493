namespace Rnn.MLNet.Tests.Native;

/// <summary>What a message says of the machine where libtorch does not load.</summary>
public sealed class LibtorchTests
{
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
