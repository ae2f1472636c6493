using System.Runtime.Intrinsics;
using Rnn.MLNet.Tests.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Networks;

/// <summary>A single row has the outputs of the same row in a batch: every cell, direction, read-out and register width.</summary>
public sealed class RowNetworkTests
{
    private const int TimeSteps = 7, Features = 3, Outputs = 5;

    /// <summary>Of an output, which is the logarithm of a probability: libtorch rounds otherwise.</summary>
    private const float Tolerance = 2e-6f;

    private static readonly FeatureScaling Scaling = new([0.5f, -2, 0], [2, 0.25f, 1]);

    /// <summary>Units around the widths of registers, panels and tiles.</summary>
    public static MatrixTheoryData<string, int> Networks => new(CellSamples.All.Keys.ToArray(), [4, 21, 70]);

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_row_alone_is_as_in_a_batch(string cell, int units)
    {
        foreach (var readOut in Enum.GetValues<ReadOut>())
        {
            foreach (var layers in new[] { 1, 3 })
            {
                Check(Spec(CellSamples.All[cell] with { Units = units }, layers, bidirectional: false, readOut));
                Check(Spec(CellSamples.All[cell] with { Units = units }, layers, bidirectional: true, readOut));
            }
        }
    }

    [Theory]
    [MemberData(nameof(CellSamples.Names), MemberType = typeof(CellSamples))]
    public void So_it_is_after_each_time_step(string cell)
    {
        foreach (var readOut in Enum.GetValues<ReadOut>())
        {
            Check(Spec(CellSamples.All[cell] with { Units = 21 }, 2, bidirectional: false, readOut), everyStep: true);
        }
    }

    [Theory]
    [InlineData(MissingValues.Zero, false)]
    [InlineData(MissingValues.Zero, true)]
    [InlineData(MissingValues.ZeroAndIndicator, false)]
    [InlineData(MissingValues.ZeroAndIndicator, true)]
    public void So_it_is_with_scaled_and_missing_features(MissingValues missingValues, bool scales)
    {
        foreach (var cell in CellSamples.All.Values)
        {
            Check(Spec(cell, 2, bidirectional: true, ReadOut.FinalState) with { MissingValues = missingValues, Scaling = scales ? Scaling : null });
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(3e38f)]
    public void What_the_input_stage_does_not_accept_has_no_outputs(float value)
    {
        using var network = Network(Spec(new GruCell(4), 1, bidirectional: false, ReadOut.FinalState) with { Scaling = Scaling });
        var rows = new RowNetwork(PackedNetwork.Of(network));
        var sequence = new float[TimeSteps * Features];
        Assert.True(rows.TryRun(sequence, rows.NewMemory(everyStep: false)));
        sequence[9] = value;
        Assert.False(rows.TryRun(sequence, rows.NewMemory(everyStep: false)));
    }

    [Fact]
    public void Rows_do_not_depend_on_the_rows_before_them()
    {
        using var network = Network(Spec(new BasicLstmCell(9), 2, bidirectional: true, ReadOut.MeanPool));
        var rows = new RowNetwork(PackedNetwork.Of(network));
        var memory = rows.NewMemory(everyStep: false);
        float[] first = Run(1), other = Run(2);
        Assert.NotEqual(first, other);
        Assert.Equal(first, Run(1));

        float[] Run(int seed)
        {
            Assert.True(rows.TryRun(Sequence(network.Spec, seed), memory));
            return memory.Outputs.Values[..Outputs].ToArray();
        }
    }

    private static NetworkSpec Spec(RnnCell cell, int layers, bool bidirectional, ReadOut readOut) =>
        new(cell, layers, bidirectional, Dropout: 0, readOut, TimeSteps, Features, Outputs);

    /// <summary>A network whose weights, the biases too, are all random.</summary>
    private static RecurrentNetwork Network(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var generator = new Generator(1, CPU);
        var network = new RecurrentNetwork(spec, seed: 0, CPU);
        var bound = Math.Min(0.8, 3 / Math.Sqrt(spec.Cell.Units));
        network.Parameters.Vector.uniform_(-bound, bound, generator);
        return network;
    }

    private static void Check(NetworkSpec spec, bool everyStep = false)
    {
        using var network = Network(spec);
        var sequence = Sequence(spec, 5);
        float[] expected;
        using (var scope = NewDisposeScope())
        using (var mode = inference_mode())
        {
            expected = TensorMemory.ToArray(network.Forward(tensor(sequence, 1, TimeSteps, Features), ForwardPass.Scoring with { EveryStep = everyStep }));
        }

        Assert.Equal(Outputs * (everyStep ? TimeSteps : 1), expected.Length);
        Check(PackedNetwork.Of(network), sequence, expected, everyStep);
        Check(PackedNetwork.Of<Lanes128>(network), sequence, expected, everyStep);
        // Without registers of this width every value is computed by itself, slowly.
        if (Vector256.IsHardwareAccelerated || spec.Cell.Units < 70)
        {
            Check(PackedNetwork.Of<Lanes256>(network), sequence, expected, everyStep);
            Check(PackedNetwork.Of<Lanes512>(network), sequence, expected, everyStep);
        }
    }

    private static void Check(PackedNetwork packed, float[] sequence, float[] expected, bool everyStep)
    {
        var rows = new RowNetwork(packed);
        var memory = rows.NewMemory(everyStep);
        Assert.True(rows.TryRun(sequence, memory));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], memory.Outputs.Values[i / Outputs * rows.OutputWidth + i % Outputs], Tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    private static float[] Sequence(NetworkSpec spec, int seed)
    {
        var random = new Random(seed);
        float[] values = [.. Enumerable.Range(0, TimeSteps * Features).Select(_ => 4 * random.NextSingle() - 2)];
        if (spec.MissingValues != MissingValues.Refuse)
        {
            values[1] = values[7] = values[8] = float.NaN;
        }

        return values;
    }
}
