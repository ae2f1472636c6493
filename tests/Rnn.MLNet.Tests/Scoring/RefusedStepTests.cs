using Rnn.MLNet.Tests.ReferenceValues;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A time step that cannot be scored is refused with its number and its feature, and the stream continues as if it had not come.</summary>
public sealed class RefusedStepTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { MaxSteps = 2, InputScaling = InputScaling.None };

    [Theory]
    [InlineData(float.NaN, "Feature 1 of step 2 (both counted from 0) is missing (NaN). The model refuses missing values; train it with MissingValues.Zero or MissingValues.ZeroAndIndicator to accept them.")]
    [InlineData(float.PositiveInfinity, "Feature 1 of step 2 (both counted from 0) is infinite.")]
    [InlineData(float.NegativeInfinity, "Feature 1 of step 2 (both counted from 0) is infinite.")]
    public void Values_that_are_not_finite(float value, string message)
    {
        using var model = SyntheticSequences.Fit(Options);

        AssertRefused(model, [0, value], message);
    }

    [Theory]
    [InlineData(MissingValues.Zero)]
    [InlineData(MissingValues.ZeroAndIndicator)]
    public void Infinity_where_missing_values_are_accepted(MissingValues missingValues)
    {
        using var model = SyntheticSequences.Fit(Options with { MissingValues = missingValues });

        AssertRefused(model, [float.NaN, float.NegativeInfinity], "Feature 1 of step 2 (both counted from 0) is infinite.");
    }

    [Fact]
    public void A_value_that_scaling_takes_beyond_the_range()
    {
        var context = new MLContext(seed: 1);
        var rows = SyntheticSequences.Rows(30).ToList();
        rows.ForEach(row => System.Numerics.Tensors.TensorPrimitives.Multiply<float>(row.Features, 1e-6f, row.Features));
        using var model = context.Transforms.RnnClassifier(Options with { InputScaling = InputScaling.Standardize }).Fit(SyntheticSequences.Keyed(context, rows));

        AssertRefused(model, [-3e38f, 0], "Feature 0 of step 2 (both counted from 0) is -3E+38, which is beyond the range of Single after scaling.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_wrong_number_of_features(int count)
    {
        using var model = SyntheticSequences.Fit(Options);

        AssertRefused(model, new float[count], $"A time step has 2 features; {count} were given in step 2 (counted from 0).");
    }

    [Fact]
    public void A_wrong_number_where_there_is_one_feature()
    {
        var context = new MLContext(seed: 1);
        using var model = context.Transforms.RnnClassifier(Options with { TimeSteps = SyntheticSequences.Length }).Fit(SyntheticSequences.Keyed(context, 20));
        using var engine = model.CreateStepEngine();

        Assert.StartsWith(
            "A time step has 1 feature; 2 were given in step 0 (counted from 0).",
            Assert.Throws<ArgumentException>(() => engine.Step([0, 0]).ToArray()).Message);
    }

    /// <summary>The products of the layer normalisation are infinite; a whole sequence gets scores of NaN.</summary>
    [Fact]
    public void Values_whose_sums_overflow()
    {
        var options = new RnnClassifierOptions { Cell = new LayerNormBasicLstmCell(2), TimeSteps = SyntheticSequences.TimeSteps };
        var random = new Random(1);
        float Draw() => 9 * random.NextSingle();
        var weights = new TensorFlowWeights
        {
            Layers = TensorFlowCells.Layers(options, SyntheticSequences.Values, Draw),
            OutputKernel = TensorFlowCells.Tensor(Draw, 2, 3),
            OutputBias = TensorFlowCells.Tensor(Draw, 3),
        };
        var context = new MLContext(seed: 1);
        using var model = context.Transforms.RnnClassifierFromTensorFlow(options, weights).Fit(SyntheticSequences.Keyed(context, 1));
        using var engine = model.CreateStepEngine();
        var expected = Continue(engine);

        engine.Reset();
        Assert.Equal(expected, Continue(engine, () => Assert.Equal(
            "The network's sums overflowed in step 2 (counted from 0), because its features are too large. The state is as it was before this step.",
            Assert.Throws<InvalidOperationException>(() => engine.Step([float.MaxValue, float.MaxValue]).ToArray()).Message)));
    }

    [Fact]
    public void A_bidirectional_network()
    {
        using var model = SyntheticSequences.Fit(Options with { Bidirectional = true });

        Assert.Equal(
            "A bidirectional network reads the sequence from both ends, so it cannot run one time step at a time. Train the network with Bidirectional = false.",
            Assert.Throws<InvalidOperationException>(model.CreateStepEngine).Message);
    }

    private static void AssertRefused(RnnClassifierTransformer model, float[] features, string message)
    {
        using var engine = model.CreateStepEngine();
        var expected = Continue(engine);

        engine.Reset();
        Assert.Equal(expected, Continue(engine, () =>
        {
            var before = engine.Classes[engine.PredictedIndex];
            for (var time = 0; time < 2; time++)
            {
                var refusal = Assert.Throws<ArgumentException>("features", () => engine.Step(features).ToArray());
                Assert.Equal($"{message} (Parameter 'features')", refusal.Message);
                Assert.Equal((2, before), (engine.Steps, engine.PredictedLabel));
            }
        }));
    }

    /// <summary>Two steps, something that is refused, and one more step.</summary>
    private static float[] Continue(RnnStepEngine engine, Action? refused = null)
    {
        engine.Step([1, -0.5f]);
        engine.Step([-0.25f, 0.75f]);
        refused?.Invoke();
        return engine.Step([0.5f, 0.5f]).ToArray();
    }
}
