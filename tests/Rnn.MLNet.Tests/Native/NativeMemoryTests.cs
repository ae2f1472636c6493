namespace Rnn.MLNet.Tests.Native;

/// <summary>No tensor outlives its model: the number of live ones is the same after as before, whatever ended the fit.</summary>
[Collection(nameof(Alone))]
public sealed class NativeMemoryTests
{
    private static readonly RnnClassifierOptions Everything = SyntheticSequences.Options with
    {
        Threads = 2,
        BatchSize = 32,
        Layers = 2,
        Bidirectional = true,
        Dropout = 0.2,
        ValidationFraction = 0.2,
        EarlyStoppingPatience = 3,
    };

    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.RmsProp)]
    public void Ten_fits_leak_no_tensor(OptimizerKind optimizer)
    {
        TensorLeaks.AssertNone(() => SyntheticSequences.Fit(Everything with { Optimizer = optimizer }).Dispose(), times: 10);
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.RmsProp)]
    public void Fits_that_write_and_resume_checkpoints_leak_no_tensor(OptimizerKind optimizer)
    {
        TensorLeaks.AssertNone(() =>
        {
            using var file = new TemporaryFile(".checkpoint");
            var options = Everything with { CheckpointPath = file.Path, Optimizer = optimizer };
            SyntheticSequences.Fit(options).Dispose();
            SyntheticSequences.Fit(options).Dispose();
        }, times: 5);
    }

    [Fact]
    public void Fits_of_many_sizes_give_their_memory_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only glibc keeps what was freed, and is asked to give it back.");
        var options = Everything with { BatchSize = 512, Epochs = 1, ValidationFraction = 0, EarlyStoppingPatience = null, Threads = 2 };
        void Fit(int units) => SyntheticSequences.Fit(options with { Cell = new BasicLstmCell(units) }, rows: 512).Dispose();
        Fit(200);
        var before = Environment.WorkingSet;
        foreach (var units in (int[])[300, 430])
        {
            Fit(units);
        }

        // More than half a gigabyte would stay behind.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 300 << 20);
    }

    [Fact]
    public void A_thousand_predictions_leak_no_tensor()
    {
        using var model = SyntheticSequences.Fit(Everything);
        var rows = SyntheticSequences.Rows(1000, seed: 2).ToList();
        var view = SyntheticSequences.Keyed(_context, rows);
        using var engine = _context.Model.CreatePredictionEngine<Sequence<string>, ScoredSequence>(model);

        TensorLeaks.AssertNone(() => rows.ForEach(row => engine.Predict(row)));
        TensorLeaks.AssertNone(() => Assert.Equal(1000, model.Transform(view).Scores().Length), times: 2);
    }

    [Fact]
    public void A_cancelled_fit_leaks_no_tensor()
    {
        TensorLeaks.AssertNone(() =>
        {
            using var source = new CancellationTokenSource();
            var listener = new Listener(progress =>
            {
                if (progress.Step == 3)
                {
                    source.Cancel();
                }
            });
            Assert.ThrowsAny<OperationCanceledException>(
                () => SyntheticSequences.Fit(Everything with { CancellationToken = source.Token, Progress = listener }));
        }, times: 3);
    }

    [Fact]
    public void A_diverged_fit_leaks_no_tensor()
    {
        var diverges = Everything with { Optimizer = OptimizerKind.Sgd, LearningRate = 1e38, GradientClipNorm = null, Epochs = 20 };

        TensorLeaks.AssertNone(() => Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(diverges)), times: 3);
    }

    [Fact]
    public void Saving_and_exporting_leak_no_tensor()
    {
        using var model = SyntheticSequences.Fit(Everything);
        var schema = SyntheticSequences.Keyed(_context, 1).Schema;

        TensorLeaks.AssertNone(() =>
        {
            using var file = new TemporaryFile(".zip");
            _context.Model.Save(model, schema, file.Path);
            model.WeightBits();
        }, times: 3);
    }

    private sealed class ScoredSequence
    {
        public float[] Score { get; set; } = [];
    }
}
