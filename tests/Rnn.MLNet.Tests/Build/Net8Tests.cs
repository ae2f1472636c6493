using Net8.Application;
using Rnn.MLNet.Tests.Situations;

namespace Rnn.MLNet.Tests.Build;

/// <summary>An application on .NET 8, tests/Net8.Application, which brings its runtime along: it computes what the same code computes here.</summary>
public sealed class Net8Tests
{
    private static readonly string Application = Path.ChangeExtension(
        typeof(Net8Tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Net8.Application").Value!,
        OperatingSystem.IsWindows() ? ".exe" : null);

    /// <summary>Also as on lesser processors, for which the library computes the wide vectors of .NET 9 in halves, and the narrow ones in numbers.</summary>
    [Theory]
    [InlineData]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", "ONEDNN_MAX_CPU_ISA", "SSE41")]
    public async Task It_trains_saves_loads_and_scores_the_same(params string[] environment)
    {
        using TemporaryFile hereZip = new(".zip"), thereZip = new(".zip"), answer = new(".json");
        var here = Answer.Of(hereZip.Path);

        var ending = await ChildProcess.Run(Application, environment.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]), thereZip.Path, answer.Path);

        ending.Succeeded();
        var there = JsonSerializer.Deserialize<Answer>(File.ReadAllText(answer.Path), Answer.Json)!;
        Assert.Equal(8, there.Framework);
        Assert.Equal(1, there.Accuracy);
        ScoreColumns.AssertAgree(here.Scores, there.Scores, 1e-5);
        ScoreColumns.AssertAgree(there.Scores, there.Loaded, 1e-5);
        ScoreColumns.AssertAgree(there.Scores, there.LoadedAsNetwork, 1e-5);
        ScoreColumns.AssertAgree(there.Scores, there.Engine, 1e-5);
        Assert.Equal(here.Labels, there.Labels);
        Assert.Equal("", there.Labels[3]);
        Assert.Equal(Path.GetDirectoryName(thereZip.Path), there.TemporaryFiles);
        Assert.True(there.Canceled);
        Assert.Equal(here.Registers, there.Registers);
    }
}
