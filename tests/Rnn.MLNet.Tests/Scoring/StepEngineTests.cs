using Rnn.MLNet.Tests.ReferenceValues;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A fitted model, one time step at a time.</summary>
public sealed class StepEngineTests : IClassFixture<TrainedModel>
{
    private readonly TrainedModel _trained;

    public StepEngineTests(TrainedModel trained) => _trained = trained;

    [Fact]
    public void A_new_engine_has_seen_nothing()
    {
        using var engine = _trained.Model.CreateStepEngine();

        Assert.Equal(SyntheticSequences.Values, engine.Features);
        Assert.Equal(SyntheticSequences.TimeSteps, engine.TimeSteps);
        Assert.Equal(SyntheticSequences.Colours, engine.Classes);
        Assert.Equal(0, engine.Steps);
        Assert.Equal(-1, engine.PredictedIndex);
        Assert.Null(engine.PredictedLabel);
    }

    [Fact]
    public void After_all_steps_of_a_row_it_says_what_the_model_says()
    {
        var rows = SyntheticSequences.Rows(30, seed: 2).ToList();
        var scored = _trained.Model.Transform(SyntheticSequences.Keyed(_trained.Context, rows));
        using var engine = _trained.Model.CreateStepEngine();

        ScoreColumns.AssertAgree(scored.Scores(), [.. rows.Select(row => Run(engine, row.Features))], 1e-6);
        Assert.Equal(scored.Keys(), rows.Select(row =>
        {
            Run(engine, row.Features);
            Assert.Equal(engine.Classes[engine.PredictedIndex], engine.PredictedLabel);
            return (uint)engine.PredictedIndex + 1;
        }));
    }

    [Theory]
    [InlineData(InputScaling.Standardize, MissingValues.Refuse, ReadOut.FinalState)]
    [InlineData(InputScaling.Standardize, MissingValues.Zero, ReadOut.MeanPool)]
    [InlineData(InputScaling.None, MissingValues.ZeroAndIndicator, ReadOut.LastOutput)]
    [InlineData(InputScaling.Standardize, MissingValues.ZeroAndIndicator, ReadOut.FinalState)]
    public void So_it_does_with_scaling_and_missing_values(InputScaling scaling, MissingValues missingValues, ReadOut readOut)
    {
        var rows = SyntheticSequences.Rows(30, seed: 2).ToList();
        foreach (var row in rows)
        {
            // In other units than those of the network.
            row.Features[1] = row.Features[1] * 100 + 500;
            row.Features[4] = missingValues == MissingValues.Refuse ? 3 : float.NaN;
        }

        var data = SyntheticSequences.Keyed(_trained.Context, rows);
        var options = SyntheticSequences.Options with { InputScaling = scaling, MissingValues = missingValues, ReadOut = readOut, Layers = 2, Dropout = 0.3 };
        using var model = _trained.Context.Transforms.RnnClassifier(options).Fit(data);
        using var engine = model.CreateStepEngine();

        ScoreColumns.AssertAgree(model.Transform(data).Scores(), [.. rows.Select(row => Run(engine, row.Features))], 1e-6);
    }

    [Fact]
    public void Each_step_gives_the_scores_of_the_sequence_so_far()
    {
        var random = new Random(3);
        float Draw() => random.NextSingle() * 2 - 1;
        var options = new RnnClassifierOptions { Cell = new GruCell(5), ReadOut = ReadOut.MeanPool };
        var weights = new TensorFlowWeights
        {
            Layers = TensorFlowCells.Layers(options, SyntheticSequences.Values, Draw),
            OutputKernel = TensorFlowCells.Tensor(Draw, 5, 3),
            OutputBias = TensorFlowCells.Tensor(Draw, 3),
        };
        var row = SyntheticSequences.Rows(1).Single();
        using var whole = Model(SyntheticSequences.TimeSteps);
        using var engine = whole.CreateStepEngine();
        for (var steps = 1; steps <= SyntheticSequences.TimeSteps; steps++)
        {
            using var prefix = Model(steps);
            var scores = engine.Step(Features(row.Features, steps - 1)).ToArray();
            ScoreColumns.AssertAgree(prefix.Transform(View(steps)).Scores(), [scores], 1e-6);
            Assert.Equal(steps, engine.Steps);
        }

        RnnClassifierTransformer Model(int steps) =>
            _trained.Context.Transforms.RnnClassifierFromTensorFlow(options with { TimeSteps = steps }, weights).Fit(View(steps));

        IDataView View(int steps) => SyntheticSequences.Keyed(
            _trained.Context, [new() { Features = row.Features[..(steps * SyntheticSequences.Values)], Label = row.Label }], steps, SyntheticSequences.Values);
    }

    [Fact]
    public void A_reset_begins_anew()
    {
        var rows = SyntheticSequences.Rows(2).ToList();
        using var engine = _trained.Model.CreateStepEngine();
        var expected = Run(engine, rows[0].Features);
        Assert.NotEqual(expected, Run(engine, rows[1].Features));
        // In the middle of a sequence.
        engine.Step(Features(rows[1].Features, 0));

        engine.Reset();

        Assert.Equal((0, -1, null), (engine.Steps, engine.PredictedIndex, engine.PredictedLabel));
        Assert.Equal(expected, Run(engine, rows[0].Features));
    }

    [Fact]
    public void It_goes_on_beyond_the_length_of_training()
    {
        using var engine = _trained.Model.CreateStepEngine();
        var random = new Random(1);
        for (var step = 0; step < 10_000; step++)
        {
            var scores = engine.Step([random.NextSingle() - 0.5f, random.NextSingle() - 0.5f]);
            Assert.Equal(1, scores[0] + scores[1] + scores[2], 1e-6f);
        }

        Assert.Equal(10_000, engine.Steps);
    }

    /// <summary>The mean of very many steps does not drown in the rounding of its sum.</summary>
    [Fact]
    public void A_mean_over_many_steps_is_exact()
    {
        var options = SyntheticSequences.Options with { ReadOut = ReadOut.MeanPool };
        using var model = SyntheticSequences.Fit(options);
        using var engine = model.CreateStepEngine();
        float[] features = [0.3f, -0.2f];
        for (var step = 0; step < 200_000; step++)
        {
            engine.Step(features);
        }

        var early = engine.Step(features).ToArray();
        for (var step = 0; step < 200_000; step++)
        {
            engine.Step(features);
        }

        // The state no longer changes, so neither does the mean.
        ScoreColumns.AssertAgree([early], [engine.Step(features).ToArray()], 1e-5);
    }

    [Fact]
    public void Streams_of_one_model_do_not_mix()
    {
        var rows = SyntheticSequences.Rows(6, seed: 4).ToList();
        using var alone = _trained.Model.CreateStepEngine();
        var expected = rows.Select(row => Run(alone, row.Features)).ToArray();
        var engines = rows.Select(_ => _trained.Model.CreateStepEngine()).ToArray();
        for (var step = 0; step < SyntheticSequences.TimeSteps - 1; step++)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                engines[i].Step(Features(rows[i].Features, step));
            }
        }

        Assert.Equal(expected, engines.Select((engine, i) => engine.Step(Features(rows[i].Features, SyntheticSequences.TimeSteps - 1)).ToArray()));
    }

    [Fact]
    public void Classes_without_names_are_called_by_their_keys()
    {
        var data = _trained.Context.Data.LoadFromEnumerable(SyntheticSequences.Rows(12).Select(row => new PlainKey { Features = row.Features, Label = 2 }));
        using var model = _trained.Context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 1 }).Fit(data);
        using var engine = model.CreateStepEngine();

        Assert.Equal(["1", "2", "3", "4"], engine.Classes);
    }

    [Fact]
    public void The_model_may_be_made_of_weights_and_used_by_a_prediction_engine_too()
    {
        var row = SyntheticSequences.Rows(1).Single();
        using var engine = _trained.Model.CreateStepEngine();
        using var prediction = _trained.Context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(
            _trained.Model, new PredictionEngineOptions { OwnsTransformer = false });

        ScoreColumns.AssertAgree([prediction.Predict(row).Score], [Run(engine, row.Features)], 1e-6);
    }

    /// <summary>Runs a whole sequence from the beginning.</summary>
    private static float[] Run(RnnStepEngine engine, float[] sequence)
    {
        engine.Reset();
        for (var step = 0; step < SyntheticSequences.TimeSteps - 1; step++)
        {
            engine.Step(Features(sequence, step));
        }

        return engine.Step(Features(sequence, SyntheticSequences.TimeSteps - 1)).ToArray();
    }

    private static ReadOnlySpan<float> Features(float[] sequence, int step) => sequence.AsSpan(step * SyntheticSequences.Values, SyntheticSequences.Values);

    private sealed class PlainKey
    {
        [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
        public float[] Features { get; set; } = [];

        [KeyType(4)]
        public uint Label { get; set; }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
