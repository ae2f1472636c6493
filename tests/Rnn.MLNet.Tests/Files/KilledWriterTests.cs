using Microsoft.ML.OnnxRuntime;
using Rnn.MLNet.Tests.Situations;

namespace Rnn.MLNet.Tests.Files;

/// <summary>A process that is killed while it writes leaves the old file or the new one, and nothing is lost.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private const int Kills = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_model_is_the_old_or_the_new_one()
    {
        var path = Path.Combine(_folder, "model");
        for (var kill = 0; kill < Kills; kill++)
        {
            await Kill("models", path, after: 7 + 31 * kill);

            (new MLContext().Model.Load(path + ".zip", out _) as IDisposable)!.Dispose();
            new InferenceSession(path + ".onnx").Dispose();
        }
    }

    [Fact]
    public async Task A_training_is_resumed_to_the_same_bits()
    {
        var path = Path.Combine(_folder, "run.checkpoint");
        using var expected = SyntheticSequences.Fit(WritingFiles.Interrupted);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Kill("checkpoint", path, after: 11 + 43 * kill);
        }

        var listener = new Listener();
        using var resumed = SyntheticSequences.Fit(WritingFiles.Interrupted with { CheckpointPath = path, Progress = listener });

        Assert.True(listener.Reports[0].Step > 2, "It began anew.");
        Assert.Equal(expected.WeightBits(), resumed.WeightBits());
    }

    private static async Task Kill(string kind, string path, int after)
    {
        using var process = ChildProcess.Start<WritingFiles>([], kind, path);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await Task.Delay(after, TestContext.Current.CancellationToken);
        process.Kill();
        await ChildProcess.End(process);
    }
}
