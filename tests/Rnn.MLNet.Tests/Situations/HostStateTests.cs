namespace Rnn.MLNet.Tests.Situations;

/// <summary>libtorch's settings belong to the application: they change no number of this library's, and it leaves them as they are.</summary>
public sealed class HostStateTests
{
    [Fact]
    public async Task No_setting_changes_a_weight_or_a_score_and_all_are_left_as_they_were()
    {
        var lines = (await ChildProcess.Run<HostSettings>()).Succeeded().Split('\n');

        Assert.Equal(13, lines.Length);
        Assert.All(lines, line => Assert.EndsWith(": equal, left as it was", line));
    }

    [Fact]
    public async Task A_trimmed_program_saves_loads_and_compares()
    {
        var folder = Directory.CreateTempSubdirectory("rnn-mlnet-trimmed-");
        try
        {
            Assert.Equal("1 1", (await ChildProcess.Run<TrimmedProgram>(folder.FullName)).Succeeded());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
