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

    [Fact]
    public void The_error_is_one_line_and_keeps_what_was_tried()
    {
        var cause = new TypeInitializationException("TorchSharp.torch", new NotSupportedException("No reference to libtorch-cpu.\n\nTrace:\n  tried this\n"));

        var error = Libtorch.Missing(cause);

        Assert.Equal(
            $"libtorch could not be loaded. {Libtorch.Advice(Libtorch.Platform, Libtorch.Version)} The cause was: No reference to libtorch-cpu. "
            + "What was tried is in the inner exception.",
            error.Message);
        Assert.Same(cause, error.InnerException);
    }
}
