namespace Rnn.MLNet.Tests.Networks;

/// <summary>The weights before the first step, as TensorFlow fills them.</summary>
public sealed class InitialWeightsTests
{
    private const int Features = 28, Units = 32, Classes = 10;

    [Fact]
    public void A_kernel_is_uniform_within_the_limit_of_Glorot()
    {
        var weights = Of(new BasicLstmCell(Units) { ForgetBias = 0.5 });
        AssertUniform(weights["layer0/forward/kernel"], Features + Units, 4 * Units);
        AssertUniform(weights["layer0/forward/recurrent_kernel"], Features + Units, 4 * Units);
        AssertUniform(weights["head/kernel"], Units, Classes);
        Assert.All(weights["head/bias"], value => Assert.Equal(0, value));
        var bias = weights["layer0/forward/bias"].Chunk(Units).ToArray();
        Assert.All(bias[1], value => Assert.Equal(0.5f, value));
        Assert.All([.. bias[0], .. bias[2], .. bias[3]], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Gru_gates_and_candidate_have_limits_of_their_own_and_gates_a_bias_of_one()
    {
        var weights = Of(new GruCell(Units) { ResetAfter = false });
        foreach (var (name, columns) in new[] { ("kernel", Features), ("recurrent_kernel", Units) })
        {
            var kernel = weights["layer0/forward/" + name];
            AssertUniform(kernel[..(2 * Units * columns)], Features + Units, 2 * Units);
            AssertUniform(kernel[(2 * Units * columns)..], Features + Units, Units);
        }

        Assert.All(weights["layer0/forward/bias"][..(2 * Units)], value => Assert.Equal(1, value));
        Assert.All(weights["layer0/forward/bias"][(2 * Units)..], value => Assert.Equal(0, value));
    }

    /// <summary>As Le, Jaitly and Hinton (2015) begin.</summary>
    [Fact]
    public void A_simple_network_with_relu_keeps_its_state_at_first()
    {
        var relu = Of(new BasicRnnCell(Units) { Activation = RnnActivation.Relu });
        AssertUniform(relu["layer0/forward/kernel"], Features + Units, Units);
        Assert.Equal(Enumerable.Range(0, Units * Units).Select(place => place % (Units + 1) == 0 ? 1f : 0f), relu["layer0/forward/recurrent_kernel"]);
        Assert.All(relu["layer0/forward/bias"], value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_simple_network_and_a_gru_with_reset_after_have_one_limit()
    {
        var simple = Of(new BasicRnnCell(Units));
        AssertUniform(simple["layer0/forward/kernel"], Features + Units, Units);
        AssertUniform(simple["layer0/forward/recurrent_kernel"], Features + Units, Units);
        Assert.All(simple["layer0/forward/bias"], value => Assert.Equal(0, value));

        var gru = Of(new GruCell(Units));
        AssertUniform(gru["layer0/forward/kernel"], Features + Units, 3 * Units);
        AssertUniform(gru["layer0/forward/recurrent_kernel"], Features + Units, 3 * Units);
        Assert.All(gru["layer0/forward/bias"][..(2 * Units)], value => Assert.Equal(1, value));
        Assert.All([.. gru["layer0/forward/bias"][(2 * Units)..], .. gru["layer0/forward/recurrent_bias"]], value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_update_gate_of_a_gru_starts_with_the_bias_that_is_set(bool resetAfter)
    {
        var bias = Of(new GruCell(Units) { ResetAfter = resetAfter, UpdateBias = 3.5 })["layer0/forward/bias"].Chunk(Units).ToArray();
        Assert.All(bias[0], value => Assert.Equal(1, value));
        Assert.All(bias[1], value => Assert.Equal(3.5f, value));
        Assert.All(bias[2], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Peepholes_and_projection_are_uniform_within_their_limits()
    {
        const int Projection = 24;
        var weights = Of(new LstmCell(Units) { UsePeepholes = true, ProjectionSize = Projection });
        AssertUniform(weights["layer0/forward/kernel"], Features + Projection, 4 * Units);
        AssertUniform(weights["layer0/forward/recurrent_kernel"], Features + Projection, 4 * Units);
        AssertUniform(weights["layer0/forward/peepholes"], Units, Units);
        AssertUniform(weights["layer0/forward/projection"], Units, Projection);
    }

    [Fact]
    public void Gains_and_shifts_start_as_set_and_the_bias_without_layer_norm_is_drawn()
    {
        var weights = Of(new LayerNormBasicLstmCell(Units) { NormGain = 0.7, NormShift = 0.1, ForgetBias = 2 });
        Assert.All(weights["layer0/forward/gate_gain"], value => Assert.Equal(0.7f, value));
        Assert.All(weights["layer0/forward/state_shift"], value => Assert.Equal(0.1f, value));
        Assert.All(weights["layer0/forward/state_gain"], value => Assert.Equal(0.7f, value));
        AssertUniform(weights["layer0/forward/kernel"], Features + Units, 4 * Units);
        AssertUniform(weights["layer0/forward/recurrent_kernel"], Features + Units, 4 * Units);
        var shift = weights["layer0/forward/gate_shift"].Chunk(Units).ToArray();
        Assert.All(shift[1], value => Assert.Equal(2.1f, value, 1e-6f));
        Assert.All([.. shift[0], .. shift[2], .. shift[3]], value => Assert.Equal(0.1f, value));

        var off = Of(new LayerNormBasicLstmCell(Units) { LayerNorm = false, ForgetBias = 0 });
        AssertUniform(off["layer0/forward/bias"], 4 * Units, 4 * Units);
    }

    [Fact]
    public void The_output_layer_is_standard_normal_on_request()
    {
        var weights = Of(new BasicRnnCell(Units), WeightInitializer.StandardNormal);
        float[] drawn = [.. weights["head/kernel"], .. weights["head/bias"]];
        Assert.InRange(drawn.Average(), -0.2, 0.2);
        Assert.InRange(drawn.Average(value => value * value), 0.7, 1.3);
        Assert.DoesNotContain(0f, weights["head/bias"]);
    }

    /// <summary>What PyTorch's documentation and everybody's notebook show after <c>torch.manual_seed(0)</c> and <c>(1)</c>.</summary>
    [Theory]
    [InlineData(0, new[] { 0.4963f, 0.7682f, 0.0885f, 0.1320f, 0.3074f, 0.6341f })]
    [InlineData(1, new[] { 0.7576f, 0.2793f, 0.4031f, 0.7347f, 0.0293f, 0.7999f })]
    public void They_are_drawn_from_the_seed_one_after_the_other(int seed, float[] expected)
    {
        static WeightSpec Drawn(string name, params long[] shape) => new(name, shape, (weight, generator) => weight.uniform_(0, 1, generator));
        using var parameters = new ParameterSet([Drawn("first", 2, 2), Drawn("second", 2)], seed, torch.CPU);

        Assert.All(expected.Zip(parameters.Vector.data<float>()), pair => Assert.Equal(pair.First, pair.Second, 6e-5f));
    }

    [Fact]
    public void Each_direction_and_layer_begins_elsewhere_and_so_does_each_seed()
    {
        // Layers of as many inputs as units have kernels of one shape.
        var spec = new NetworkSpec(new BasicRnnCell(4), Layers: 2, Bidirectional: true, 0, ReadOut.FinalState, 5, Features: 8, Classes);
        static float[] First(NetworkSpec spec, int seed)
        {
            using var network = new RecurrentNetwork(spec, seed, torch.CPU);
            return [.. network.Parameters.Weights.Where(weight => weight.Name.EndsWith("/kernel")).Select(weight => weight.Value.detach().view(-1)[0].item<float>())];
        }

        float[] drawn = [.. First(spec, 1), .. First(spec, 2), .. First(spec, -1)];

        Assert.Equal(15, drawn.Distinct().Count());
        Assert.Equal(First(spec, -1), First(spec, -1));
    }

    [Fact]
    public void The_seed_of_a_fit_decides_them()
    {
        // A step of nothing: the scores are those of the initial weights, whatever the order of the rows.
        var context = new MLContext(seed: 1);
        var rows = SyntheticSequences.Keyed(context, 3);
        float[] Scores(int seed)
        {
            using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { Seed = seed, MaxSteps = 1, LearningRate = 1e-30 });
            return model.Transform(rows).Scores()[0];
        }

        var scores = new[] { 1, 2, -1 }.Select(Scores).ToArray();

        Assert.Equal(scores[0], Scores(1));
        Assert.All((int[])[1, 2], other => Assert.True(Math.Abs(scores[0][0] - scores[other][0]) > 1e-3, "Two seeds gave the same scores."));
        Assert.True(Math.Abs(scores[1][0] - scores[2][0]) > 1e-3, "Two seeds gave the same scores.");
    }

    private static Dictionary<string, float[]> Of(RnnCell cell, WeightInitializer output = WeightInitializer.GlorotUniform)
    {
        using var network = new RecurrentNetwork(
            new NetworkSpec(cell, 1, false, 0, ReadOut.FinalState, 5, Features, Classes, output), seed: 1, torch.CPU);
        return network.Parameters.Weights.ToDictionary(weight => weight.Name, weight => weight.Value.detach().data<float>().ToArray());
    }

    /// <summary>Uniform in ±√(6 / (rows + columns)): within it, near it at both ends, and with its variance.</summary>
    private static void AssertUniform(float[] values, int rows, int columns)
    {
        var limit = Math.Sqrt(6.0 / (rows + columns));
        var near = values.Length > 500 ? 0.97 : 0.8;
        // None was left out.
        Assert.DoesNotContain(0f, values);
        Assert.InRange(values.Max(), near * limit, limit);
        Assert.InRange(values.Min(), -limit, -near * limit);
        Assert.InRange(values.Average(value => value * value), 0.8 * limit * limit / 3, 1.2 * limit * limit / 3);
    }
}
