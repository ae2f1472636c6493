using Rnn.MLNet.Benchmarks.Reliability.Kill;
using Rnn.MLNet.Tests.Situations;

namespace Rnn.MLNet.Tests.Reliability;

/// <summary>What <c>--kill</c> of the benchmarks does at many moments: ends the process in the midst of a training or a save.</summary>
public sealed class KilledProcessTests
{
    public static TheoryData<string> Trainings => [.. KilledTraining.Kinds];

    public static TheoryData<string> Saves => ["zip", "json"];

    [Theory]
    [MemberData(nameof(Trainings))]
    public async Task A_killed_training_is_resumed_and_ends_with_the_same_bytes(string kind)
    {
        using TemporaryFolder whole = new(), killed = new();
        var expected = Run(kind, whole.Path);

        await Kill(KilledTraining.Name, kind, killed.Path, KilledTraining.Ready, 200);

        Assert.Equal(expected, Run(kind, killed.Path));
    }

    [Theory]
    [MemberData(nameof(Saves))]
    public async Task A_killed_save_leaves_the_old_file_or_the_new_one(string kind)
    {
        using var folder = new TemporaryFolder();

        await Kill(KilledSave.Name, kind, folder.Path, KilledSave.Ready, 50);

        Assert.True(KilledSave.IsWhole(kind, folder.Path));
    }

    private static string Run(string kind, string folder)
    {
        var last = "";
        KilledTraining.Run(kind, folder, line => last = line);
        return last;
    }

    private static async Task Kill(string work, string kind, string folder, string ready, int milliseconds)
    {
        using var process = ChildProcess.Start<KilledWork>([], work, kind, folder);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith(ready, line);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("rnn-kill-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
