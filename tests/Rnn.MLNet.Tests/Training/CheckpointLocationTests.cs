namespace Rnn.MLNet.Tests.Training;

/// <summary>Where a checkpoint cannot be written it is said before the data is read; later it costs no training.</summary>
public sealed class CheckpointLocationTests : IDisposable
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { Epochs = 3 };

    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoint-places-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("folder")]
    [InlineData("under a file")]
    [InlineData("read-only")]
    public void A_place_that_cannot_be_written_is_refused_before_a_row_is_read(string place)
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "mine");
        var path = place switch { "folder" => _folder, "under a file" => Path.Combine(file, "run.checkpoint"), _ => file };
        File.SetAttributes(file, place == "read-only" ? FileAttributes.ReadOnly : FileAttributes.Normal);
        var context = new MLContext(seed: 1);
        var data = new ObservedView(SyntheticSequences.Keyed(context, 24));

        var error = Assert.Throws<InvalidOperationException>(() => context.Transforms.RnnClassifier(Options with { CheckpointPath = path }).Fit(data));

        Assert.Contains($"CheckpointPath must be a file that can be written; it is '{path}'.", error.Message);
        Assert.Equal(0, data.CursorsOpened);
        File.SetAttributes(file, FileAttributes.Normal);
        Assert.Equal("mine", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_made()
    {
        var path = Path.Combine(_folder, "a", "b", "run.checkpoint");

        SyntheticSequences.Fit(Options with { CheckpointPath = path }).Dispose();

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_folder_that_goes_away_while_it_trains_is_made_again()
    {
        var folder = Path.Combine(_folder, "gone");
        var path = Path.Combine(folder, "run.checkpoint");
        using var model = SyntheticSequences.Fit(Options with { CheckpointPath = path, Progress = At(epoch: 2, () => Directory.Delete(folder, recursive: true)) });

        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void After_a_write_that_failed_the_next_one_is_tried()
    {
        var path = Path.Combine(_folder, "run.checkpoint");
        var listener = new Listener(report =>
        {
            // A folder is in the way of the second of three.
            if (report is { EpochEnded: true, Epoch: 1 })
            {
                File.Delete(path);
                Directory.CreateDirectory(path);
            }
            else if (report is { EpochEnded: true, Epoch: 2 })
            {
                Directory.Delete(path);
            }
        });

        using var model = SyntheticSequences.Fit(Options with { CheckpointPath = path, Progress = listener });

        Assert.Equal(3, model.History.Epochs.Count);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_device_is_no_place()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "It needs /dev/null.");

        var error = Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(Options with { CheckpointPath = "/dev/null" }));

        Assert.Contains("it is a device, which does not store data", error.Message);
    }

    [Fact]
    public void A_link_may_be_there_before_its_file()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "Windows lets few users make links.");
        var (link, file) = (Path.Combine(_folder, "link"), Path.Combine(_folder, "file"));
        File.CreateSymbolicLink(link, file);

        SyntheticSequences.Fit(Options with { CheckpointPath = link }).Dispose();

        Assert.True(File.Exists(file));
        Assert.Equal(file, new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_write_that_fails_costs_no_training_and_is_said_once()
    {
        var folder = Path.Combine(_folder, "blocked");
        var path = Path.Combine(folder, "run.checkpoint");
        var context = new MLContext(seed: 1);
        var warnings = new ConcurrentQueue<string>();
        context.Log += (_, entry) =>
        {
            if (entry.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
            {
                warnings.Enqueue(entry.Message);
            }
        };
        using var expected = SyntheticSequences.Fit(Options);

        using var model = context.Transforms.RnnClassifier(Options with
        {
            CheckpointPath = path,
            CheckpointInterval = 1,
            Progress = At(epoch: 2, () =>
            {
                // A file where the folder was: nothing can be written behind it.
                Directory.Delete(folder, recursive: true);
                File.WriteAllText(folder, "");
            }),
        }).Fit(SyntheticSequences.Keyed(context, 96));

        Assert.Equal(expected.WeightBits(), model.WeightBits());
        Assert.Contains(folder, Assert.Single(warnings, warning => warning.Contains("checkpoint", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_file_serves_one_fit_at_a_time()
    {
        var path = Path.Combine(_folder, "run.checkpoint");
        var second = "";
        var listener = At(epoch: 1, () => second = Assert.Throws<InvalidOperationException>(
            () => SyntheticSequences.Fit(Options with { Seed = 2, CheckpointPath = path })).Message);

        SyntheticSequences.Fit(Options with { CheckpointPath = path, Progress = listener }).Dispose();
        File.Delete(path);
        SyntheticSequences.Fit(Options with { Seed = 2, CheckpointPath = path }).Dispose();

        Assert.Contains($"'{path}' is in use by another Fit", second);
    }

    [Fact]
    public void One_that_another_program_has_locked_cannot_be_read()
    {
        var path = Path.Combine(_folder, "run.checkpoint");
        SyntheticSequences.Fit(Options with { CheckpointPath = path }).Dispose();

        using var locked = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var error = Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(Options with { CheckpointPath = path }));

        Assert.StartsWith($"The checkpoint '{path}' cannot be read: ", error.Message);
    }

    [Fact]
    public void A_training_that_diverges_leaves_the_last_good_state()
    {
        var path = Path.Combine(_folder, "run.checkpoint");
        var options = Options with
        {
            Epochs = 30,
            Optimizer = OptimizerKind.Sgd,
            LearningRateSchedule = LearningRateSchedule.OneCycle,
            LearningRate = 3e38,
            GradientClipNorm = null,
            CheckpointPath = path,
            CheckpointInterval = 1,
        };

        Assert.Contains("diverged", Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(options)).Message);
        var again = Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(options)).Message;
        var other = Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(options with { LearningRate = 0.1 })).Message;

        // Resumed from it, it is the same training; nothing that is not finite was kept.
        Assert.Contains("diverged", again);
        Assert.Contains("LearningRate: expected 0.1, found 3E+38", other);
    }

    /// <summary>Does something once, at the first minibatch of an epoch.</summary>
    private static Listener At(int epoch, Action act)
    {
        var done = false;
        return new Listener(report =>
        {
            if (!done && report.Epoch == epoch)
            {
                done = true;
                act();
            }
        });
    }
}
