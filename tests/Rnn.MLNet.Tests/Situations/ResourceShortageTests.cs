namespace Rnn.MLNet.Tests.Situations;

/// <summary>What the system or libtorch refuses is the exception that the documentation names, and the process continues.</summary>
public sealed class ResourceShortageTests
{
    [Fact]
    public async Task Memory_that_runs_out_is_named_with_the_sizes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It limits the memory of a process.");

        var lines = (await ChildProcess.Run<OutOfMemory>()).Succeeded().Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.StartsWith("InvalidOperationException: Training 1 layers of GruCell { Units = 8000", lines[0]);
        Assert.Contains("(192120003 weights) with 2 threads on 96 rows of 6 time steps × 2 features in minibatches of 96 rows takes more memory than there is. Lower BatchSize", lines[0]);
        Assert.Contains("in minibatches of 60000 rows takes more memory than there is", lines[1]);
        Assert.True(lines[2] == "done" || lines[2].Contains("in minibatches of 60000 rows takes more memory than there is"), lines[2]);
    }

    [Fact]
    public async Task A_system_that_takes_no_memory_back_loses_no_model()
    {
        Assert.Equal("done", (await ChildProcess.Run<OtherLibrary>()).Succeeded());
    }

    [Theory]
    [InlineData("linux-x64", "TorchSharp-cuda-linux 1.2.3")]
    [InlineData("win-x64", "TorchSharp-cuda-windows 1.2.3")]
    [InlineData("osx-arm64", "TorchSharp-cpu 1.2.3")]
    [InlineData("linux-arm64", "but not linux-arm64")]
    [InlineData("linux-musl-x64", "but not linux-musl-x64")]
    [InlineData("win-arm64", "but not win-arm64")]
    [InlineData("osx-x64", "but not osx-x64")]
    public void The_advice_for_a_missing_libtorch_is_the_platforms_own(string platform, string expected)
    {
        Assert.Contains(expected, Libtorch.Advice(platform, "1.2.3"));
    }
}
