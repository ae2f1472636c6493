namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>Which trial's model is kept, in whatever order trials end, and what becomes of the others.</summary>
public sealed class BestModelTests
{
    private readonly List<int> _freed = [];

    [Fact]
    public void Of_equal_losses_the_earliest_trial_is_best_in_any_order_of_their_ends()
    {
        int[][] orders = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]];
        foreach (var order in orders)
        {
            _freed.Clear();
            var best = new BestModel();
            Array.ForEach(order, trial => best.Offer(Outcome(Run(trial, 0.5))));
            Assert.Equal(1, best.Run!.TrialId);
            Assert.Equal([2, 3], _freed.Order());
        }
    }

    [Fact]
    public void A_smaller_loss_is_better_whichever_trial_has_it()
    {
        var best = new BestModel();
        best.Offer(Outcome(Run(1, 0.5)));
        best.Offer(Outcome(Run(2, 0.25)));
        Assert.Equal(2, best.Run!.TrialId);
        best.Offer(Outcome(Run(3, 0.75)));
        Assert.Equal(2, best.Run.TrialId);
        best.Offer(Outcome(Run(4, double.NaN)));
        best.Offer(new TrialOutcome(Run(5, null)));
        Assert.Equal(2, best.Run.TrialId);
        Assert.Equal([1, 3, 4], _freed);
        best.Free();
        Assert.Equal([1, 3, 4, 2], _freed);
    }

    [Fact]
    public void Trials_of_an_earlier_run_compete_with_those_of_this_one()
    {
        var best = new BestModel();
        best.OfferSaved(Run(2, 0.5) with { ModelSizeInBytes = 7 }, "second.zip");
        Assert.Equal((2, "second.zip"), (best.Run!.TrialId, best.Path));
        best.OfferSaved(Run(1, 0.5) with { ModelSizeInBytes = 7 }, "first.zip");
        Assert.Equal((1, "first.zip"), (best.Run.TrialId, best.Path));
        best.OfferSaved(Run(3, 0.5) with { ModelSizeInBytes = 7 }, "third.zip");
        Assert.Equal((1, "first.zip"), (best.Run.TrialId, best.Path));
        // One that could not be saved is better and has no file.
        best.OfferSaved(Run(4, 0.25), "fourth.zip");
        Assert.Equal(4, best.Run.TrialId);
        Assert.Null(best.Path);
        Assert.Null(best.WithModel(new MLContext(1))!.Model);
        best.Offer(Outcome(Run(5, 0.25)));
        Assert.Equal(4, best.Run.TrialId);
        Assert.Equal([5], _freed);
        best.Offer(Outcome(Run(6, 0.125)));
        Assert.NotNull(best.WithModel(new MLContext(1))!.Model);
    }

    [Fact]
    public void The_file_of_a_beaten_trial_is_deleted_and_that_of_the_best_is_not()
    {
        using TemporaryFile first = new(".zip"), second = new(".zip"), third = new(".zip");
        foreach (var file in new[] { first, second, third })
        {
            File.WriteAllText(file.Path, "");
        }

        var best = new BestModel();
        best.OfferSaved(Run(1, 0.5) with { ModelSizeInBytes = 7 }, first.Path);
        best.Offer(Outcome(Run(2, 0.25), second.Path));
        Assert.Equal((false, true), (File.Exists(first.Path), File.Exists(second.Path)));
        Assert.Equal(second.Path, best.Path);
        best.Offer(Outcome(Run(3, 0.5), third.Path));
        Assert.Equal((true, false), (File.Exists(second.Path), File.Exists(third.Path)));
        best.Free();
        Assert.True(File.Exists(second.Path));
    }

    [Fact]
    public void A_file_that_cannot_be_put_in_its_place_is_not_left_anywhere()
    {
        var folder = Directory.CreateTempSubdirectory("best-models-");
        try
        {
            // What is in the way is a folder.
            var place = folder.CreateSubdirectory("model-0.zip").FullName;
            var written = Path.Combine(folder.FullName, "model-0.zip.tmp");
            File.WriteAllText(written, "");
            var model = Outcome(Run(1, 0.5), written).Model!;

            model.KeepFile(place);

            Assert.Null(model.Path);
            Assert.Equal([place], Directory.GetFileSystemEntries(folder.FullName));
            model.Discard();
            Assert.Equal([1], _freed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void There_is_none_before_the_first()
    {
        var best = new BestModel();
        Assert.Null(best.Run);
        Assert.Null(best.Path);
        Assert.Null(best.WithModel(new MLContext(1)));
        best.Free();
        best.Offer(new TrialOutcome(Run(1, null)));
        Assert.Null(best.Run);
    }

    private static RnnRunDetail Run(int trial, double? loss) => new() { TrialId = trial, TrainerName = $"candidate {trial}", Loss = loss };

    private TrialOutcome Outcome(RnnRunDetail run, string? path = null)
    {
        var model = new Freed(() => _freed.Add(run.TrialId));
        return new TrialOutcome(run, new TrialModel(model, model, path));
    }

    private sealed class Freed(Action dispose) : ITransformer, IDisposable
    {
        public bool IsRowToRowMapper => throw new NotSupportedException();

        public void Dispose() => dispose();

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw new NotSupportedException();

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException();

        public IDataView Transform(IDataView input) => throw new NotSupportedException();
    }
}
