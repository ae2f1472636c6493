using Rnn.MLNet.Tests.Cells;

namespace Rnn.MLNet.Tests.Cuda;

/// <summary>A model that was trained on the GPU scores there, and everywhere else the same.</summary>
public sealed class GpuModelTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Cells => CellSamples.Names;

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_zip_and_the_prediction_engine_score_as_the_model_does(string name)
    {
        using var model = Gpu.Fit(Gpu.Options with { Cell = CellSamples.All[name], Layers = 2, Bidirectional = true });
        var rows = SyntheticSequences.Rows(60, seed: 2).ToList();
        var data = SyntheticSequences.Keyed(_context, rows);
        var expected = model.Transform(data).Scores();

        using var zip = new MemoryStream();
        _context.Model.Save(model, data.Schema, zip);
        zip.Position = 0;
        var reloaded = new MLContext().Model.Load(zip, out _);
        using var engine = _context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(
            model, new PredictionEngineOptions { OwnsTransformer = false, InputSchemaDefinition = null });

        ScoreColumns.AssertAgree(expected, reloaded.Transform(data).Scores(), 1e-5);
        ScoreColumns.AssertAgree(expected, [.. rows.Select(row => engine.Predict(row).Score)], 1e-5);
        (reloaded as IDisposable)?.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Its_step_engine_runs_on_the_processor(string name)
    {
        using var model = Gpu.Fit(Gpu.Options with { Cell = CellSamples.All[name], Layers = 2, InputScaling = InputScaling.Standardize });
        var row = SyntheticSequences.Rows(1, seed: 2).Single();
        using var engine = model.CreateStepEngine();
        float[] scores = [];
        foreach (var features in row.Features.Chunk(SyntheticSequences.Values))
        {
            scores = engine.Step(features).ToArray();
        }

        ScoreColumns.AssertAgree(model.Transform(SyntheticSequences.Keyed(_context, [row])).Scores(), [scores], 1e-5);
    }

    [Fact]
    public void Rows_with_missing_features_have_no_scores()
    {
        using var model = Gpu.Fit(Gpu.Options);
        var rows = SyntheticSequences.Rows(300, seed: 2).ToList();
        rows[7].Features[3] = float.NaN;
        rows[200].Features[0] = float.PositiveInfinity;
        var view = model.Transform(SyntheticSequences.Keyed(_context, rows));
        var (scores, keys) = (view.Scores(), view.Keys());

        Assert.Equal([7, 200], Enumerable.Range(0, 300).Where(row => keys[row] == 0));
        Assert.Equal([7, 200], Enumerable.Range(0, 300).Where(row => scores[row].All(float.IsNaN)));
    }

    [Fact]
    public void Scoring_reads_some_thousand_rows_ahead_and_no_more()
    {
        using var model = Gpu.Fit(Gpu.Options);
        var source = new ObservedView(SyntheticSequences.Keyed(_context, 6000));
        var scored = model.Transform(source);
        using (var cursor = scored.GetRowCursor([scored.Schema["Score"]]))
        {
            cursor.MoveNext();
        }

        Assert.Equal(4 * 1024, source.RowsRead);
        Assert.Equal(6000, scored.Scores().Length);
    }

    [Fact]
    public async Task Threads_score_side_by_side()
    {
        using var model = Gpu.Fit(Gpu.Options with { Cell = new GruCell(32), Layers = 2 });
        var data = SyntheticSequences.Keyed(_context, 1000, seed: 2);
        var expected = model.Transform(data).Scores();

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => model.Transform(data).Scores(), TestContext.Current.CancellationToken)));

        Assert.All(all, scores => ScoreColumns.AssertAgree(expected, scores, 0));
    }

    [Fact]
    public async Task Trainings_run_side_by_side()
    {
        using var alone = Gpu.Fit(Gpu.Options);
        var bits = alone.WeightBits();

        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () =>
            {
                using var model = Gpu.Fit(Gpu.Options);
                return model.WeightBits();
            },
            TestContext.Current.CancellationToken)));

        Assert.All(all, other => Assert.Equal(bits, other));
    }

    [Fact]
    public void A_model_that_was_disposed_of_throws()
    {
        var model = Gpu.Fit(Gpu.Options);
        var view = model.Transform(SyntheticSequences.Keyed(_context, 500));
        using var cursor = view.GetRowCursor([view.Schema["Score"]]);
        Assert.True(cursor.MoveNext());

        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => cursor.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => view.Scores());
    }

    [Fact]
    public void Cross_validation()
    {
        Gpu.Require();
        var data = SyntheticSequences.Keyed(_context, 240);
        var folds = _context.MulticlassClassification.CrossValidate(data, _context.Transforms.RnnClassifier(Gpu.Options with { Epochs = 10 }), numberOfFolds: 3);

        Assert.All(folds, fold => Assert.True(fold.Metrics.MicroAccuracy > 0.8, $"{fold.Metrics.MicroAccuracy}"));
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
