namespace Rnn.MLNet.Tests.Experiments.Journal;

/// <summary>What of an experiment is on disk, and when it is deleted.</summary>
public sealed class ExperimentFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("files-of-trials-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_with_a_journal_keeps_its_models_and_one_without_keeps_none()
    {
        string[] names = ["model-1.zip", "model-1.zip.abc.tmp", "search-0-1-0.checkpoint", "other.txt"];
        using var folder = ExperimentFolder.Open(_folder);
        var own = folder.Of("fingerprint");
        Assert.Equal(Path.Combine(_folder, "fingerprint"), own);
        Array.ForEach(names, name => File.WriteAllText(Path.Combine(own, name), ""));
        File.WriteAllText(Path.Combine(own, TrialJournal.FileName), "");
        Assert.Equal(own, folder.Of("fingerprint"));
        Assert.Equal(["journal.jsonl", "model-1.zip", "other.txt", "search-0-1-0.checkpoint"], Names(own));

        File.WriteAllText(Path.Combine(own, names[1]), "");
        File.Delete(Path.Combine(own, TrialJournal.FileName));
        folder.Of("fingerprint");
        Assert.Equal(["other.txt"], Names(own));
        // Another experiment's part is another one.
        Assert.Empty(Names(folder.Of("another")));
    }

    [Fact]
    public void A_working_directory_stays_and_is_for_one_experiment_at_a_time()
    {
        using (ExperimentFolder.Open(_folder))
        {
            var error = Assert.Throws<IOException>(() => ExperimentFolder.Open(_folder));
            Assert.Contains($"uses the WorkingDirectory '{_folder}'", error.Message, StringComparison.Ordinal);
        }

        ExperimentFolder.Open(_folder).Dispose();
        // Nothing is left of the attempt to write into it.
        Assert.Equal(["experiment.lock"], Names(_folder));
        Assert.Equal("journal.jsonl", TrialJournal.FileName);
    }

    [Fact]
    public void A_working_directory_that_is_none_is_named()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.StartsWith($"The WorkingDirectory '{file}' cannot be written: ", Assert.Throws<IOException>(() => ExperimentFolder.Open(file)).Message, StringComparison.Ordinal);
        Assert.Equal(["file"], Names(_folder));
    }

    [Fact]
    public void A_temporary_folder_is_deleted_at_the_end()
    {
        string folder;
        using (var temporary = ExperimentFolder.Open(null))
        {
            folder = temporary.Of("fingerprint");
            Assert.True(Directory.Exists(folder));
            Assert.StartsWith("rnn-experiment-", Path.GetFileName(folder), StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, "model-1.zip"), "");
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_model_gets_its_name_at_the_end_and_takes_the_place_of_an_older_one()
    {
        var (temporary, path) = (Path.Combine(_folder, "model.tmp"), Path.Combine(_folder, "model.zip"));
        File.WriteAllText(temporary, "new");
        File.WriteAllText(path, "old");
        var model = Saved(temporary);
        Assert.Equal(temporary, model.Path);
        model.KeepFile(path);
        Assert.Equal((path, "new"), (model.Path, File.ReadAllText(path)));
        Assert.Equal(["model.zip"], Names(_folder));
        model.Discard();
        Assert.Empty(Names(_folder));
        var unsaved = Saved(null);
        unsaved.KeepFile(path);
        Assert.Null(unsaved.Path);
        unsaved.Discard();
    }

    [Fact]
    public void One_that_cannot_be_given_its_name_is_gone_and_the_trial_is_not()
    {
        var temporary = Path.Combine(_folder, "model.tmp");
        File.WriteAllText(temporary, "new");
        var model = Saved(temporary);
        model.KeepFile(Path.Combine(_folder, "none", "model.zip"));
        Assert.Null(model.Path);
        Assert.Empty(Names(_folder));
        // What is not there, or cannot be deleted, is left.
        TrialModel.Delete(Path.Combine(_folder, "none", "model.zip"));
        TrialModel.Delete(_folder);
        Assert.True(Directory.Exists(_folder));
    }

    [Fact]
    public void The_best_model_has_a_file_only_where_there_is_a_folder_for_it()
    {
        var rows = ScriptedRow.View(ScriptedRow.Classes);
        ExperimentResult Run(string? folder) => SmallExperiments.Create(SmallExperiments.Settings with { WorkingDirectory = folder })
            .Add("first", ScriptedRow.Model).Add("second", ScriptedRow.Model).Execute(rows, rows);
        Assert.Null(Run(null).BestModelPath);
        var result = Run(_folder);
        Assert.Equal("model-0.zip", Path.GetFileName(result.BestModelPath));
        Assert.Matches("^[0-9a-f]{16}$", Path.GetFileName(Path.GetDirectoryName(result.BestModelPath)!));
        Assert.Equal(new FileInfo(result.BestModelPath!).Length, result.BestRun!.ModelSizeInBytes);
        // The second is as good and not kept; its row still says how large it was.
        Assert.Equal(["journal.jsonl", "model-0.zip"], Names(Path.GetDirectoryName(result.BestModelPath)!));
        Assert.InRange(result.RunDetails[1].ModelSizeInBytes!.Value, 100, 100_000);
    }

    [Fact]
    public void A_model_that_cannot_be_saved_has_no_size_and_leaves_no_file()
    {
        var rows = ScriptedRow.View(ScriptedRow.Classes);
        var run = SmallExperiments.Create(SmallExperiments.Settings with { WorkingDirectory = _folder })
            .Add("unsaved", context => ScriptedRow.Model(context).Append(context.Transforms.CustomMapping<Asked, Nothing>((_, _) => { }, null))).Execute(rows, rows);
        Assert.NotNull(run.BestRun!.Model);
        Assert.Null(run.BestRun.ModelSizeInBytes);
        Assert.Null(run.BestModelPath);
        Assert.Equal(["journal.jsonl"], Names(Directory.GetDirectories(_folder).Single()));
    }

    private static TrialModel Saved(string? temporary)
    {
        var model = new TransformerChain<ITransformer>();
        return new TrialModel(model, model, temporary);
    }

    private static IEnumerable<string?> Names(string folder) => Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private sealed class Asked
    {
        [VectorType(3)]
        public float[] Answer { get; set; } = [];
    }

    private sealed class Nothing
    {
        public float None { get; set; }
    }
}
