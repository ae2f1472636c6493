namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>What ML.NET's own multiclass trainers can be used with works with this one.</summary>
public sealed class PipelineTests
{
    private static readonly RnnClassifierOptions Learns = SyntheticSequences.Options with { Epochs = 12 };

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Evaluate_sees_a_model_that_learned_and_generalises()
    {
        using var model = SyntheticSequences.Fit(Learns);

        var metrics = _context.MulticlassClassification.Evaluate(model.Transform(SyntheticSequences.Keyed(_context, 150, seed: 2)));

        Assert.True(metrics.MicroAccuracy > 0.95, $"accuracy {metrics.MicroAccuracy}");
        Assert.True(metrics.LogLoss < 0.3, $"log-loss {metrics.LogLoss}");
        Assert.Equal(3, metrics.ConfusionMatrix.NumberOfClasses);
        Assert.Equal([50, 50, 50], metrics.ConfusionMatrix.Counts.Select(row => row.Sum()));
    }

    [Fact]
    public void CrossValidate_trains_and_measures_each_fold()
    {
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label").Append(_context.Transforms.RnnClassifier(Learns));

        var folds = _context.MulticlassClassification.CrossValidate(SyntheticSequences.Text(_context, 150), pipeline, numberOfFolds: 3);

        Assert.Equal(3, folds.Count);
        Assert.All(folds, fold => Assert.True(fold.Metrics.MicroAccuracy > 0.9, $"accuracy {fold.Metrics.MicroAccuracy}"));
    }

    [Fact]
    public void Both_halves_of_a_TrainTestSplit_are_of_use()
    {
        var split = _context.Data.TrainTestSplit(SyntheticSequences.Keyed(_context, 150), testFraction: 0.3);

        using var model = _context.Transforms.RnnClassifier(Learns).Fit(split.TrainSet);

        Assert.True(_context.MulticlassClassification.Evaluate(model.Transform(split.TestSet)).MicroAccuracy > 0.9);
    }

    [Fact]
    public void A_prediction_engine_says_what_Transform_says()
    {
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.RnnClassifier(Learns))
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = pipeline.Fit(SyntheticSequences.Text(_context, 96));
        var rows = SyntheticSequences.Rows(30, seed: 3).ToList();
        var view = model.Transform(_context.Data.LoadFromEnumerable(rows));
        using var engine = _context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(model);

        var predictions = rows.Select(row => engine.Predict(row)).ToList();

        Assert.Equal(view.GetColumn<string>("PredictedLabel"), predictions.Select(p => p.PredictedLabel));
        Assert.Equal(rows.Select(row => row.Label), predictions.Select(p => p.PredictedLabel));
        ScoreColumns.AssertAgree(view.Scores(), [.. predictions.Select(p => p.Score)], 1e-5);
    }

    [Fact]
    public void A_cache_checkpoint_before_the_trainer_changes_nothing()
    {
        var data = SyntheticSequences.Text(_context, 48);
        var keys = _context.Transforms.Conversion.MapValueToKey("Label");
        var trainer = _context.Transforms.RnnClassifier(SyntheticSequences.Options);

        var cached = keys.AppendCacheCheckpoint(_context).Append(trainer).Fit(data);
        var direct = keys.Append(trainer).Fit(data);

        ScoreColumns.AssertAgree(direct.Transform(data).Scores(), cached.Transform(data).Scores(), 0);
    }

    [Fact]
    public void Score_and_predicted_label_can_be_renamed()
    {
        var options = Learns with { ScoreColumnName = "Probabilities", PredictedLabelColumnName = "Guess" };
        using var model = SyntheticSequences.Fit(options);
        var scored = model.Transform(SyntheticSequences.Keyed(_context, 60, seed: 2));

        Assert.Equal(["Probabilities", "Guess"], scored.Schema.Select(column => column.Name).TakeLast(2));
        Assert.Null(scored.Schema.GetColumnOrNull("Score"));
        Assert.Equal(SyntheticSequences.Colours, scored.SlotNames("Probabilities"));
        Assert.True(_context.MulticlassClassification.Evaluate(scored, "Label", "Probabilities", "Guess").MicroAccuracy > 0.9);
    }

    [Fact]
    public void Columns_may_have_other_names_in_and_the_simple_overload_takes_them()
    {
        var keyed = SyntheticSequences.Keyed(_context, 48);
        var data = _context.Transforms.CopyColumns("Colour", "Label").Append(_context.Transforms.CopyColumns("Strokes", "Features"))
            .Append(_context.Transforms.DropColumns("Label", "Features"))
            .Fit(keyed).Transform(keyed);

        using var model = _context.Transforms.RnnClassifier("Colour", "Strokes", 6, new GruCell(4), bidirectional: true, epochs: 1).Fit(data);

        Assert.Single(model.History.Epochs);
        Assert.All(model.Transform(data).Scores(), scores => Assert.Equal(1, scores.Sum(), 1e-5));
    }

    [Fact]
    public void Transforms_may_stand_before_and_after()
    {
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.NormalizeMinMax("Features"))
            .Append(_context.Transforms.RnnClassifier(Learns))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Colour", "PredictedLabel"))
            .Append(_context.Transforms.CopyColumns("Probabilities", "Score"));
        var data = SyntheticSequences.Text(_context, 96);

        var scored = pipeline.Fit(data).Transform(data);

        Assert.Equal(scored.Scores(), scored.Scores("Probabilities"));
        var right = scored.GetColumn<string>("Colour").Zip(data.GetColumn<string>("Label")).Count(pair => pair.First == pair.Second);
        Assert.InRange(right, 87, 96);
    }

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
