using System.Runtime.Intrinsics;
using Rnn.MLNet.Tests.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Networks;

/// <summary>
/// Rows have the outputs of the network in training, one or many at a time: every cell, direction, read-out and register width. The cells themselves are
/// compared with libtorch by KernelEngineTests.
/// </summary>
public sealed class SequenceNetworkTests
{
    private const int Rows = 4, TimeSteps = 7, Inputs = 3, Outputs = 5, Length = TimeSteps * Inputs;

    /// <summary>Relative to the largest output, which is the logarithm of a probability: the head of the network in training is libtorch's, which rounds otherwise.</summary>
    private const float Tolerance = 2e-6f;

    private static readonly FeatureScaling Scaling = new([0.5f, -2, 0], [2, 0.25f, 1]);

    /// <summary>Units around the widths of registers, panels and tiles.</summary>
    public static MatrixTheoryData<string, int> Networks => new(CellSamples.All.Keys.ToArray(), [4, 21, 70]);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_are_those_of_training(string cell, int units)
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
    public void So_they_are_after_each_time_step(string cell)
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
    public void So_they_are_with_scaled_and_missing_features(MissingValues missingValues, bool scales)
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
        var sequences = new SequenceNetwork(PackedNetwork.Of(network));
        var memory = sequences.NewMemory(3, everyStep: true);
        var features = new AlignedFloats(3 * TimeSteps * Inputs);
        features.Values[TimeSteps * Inputs + 9] = value;

        sequences.Run(features, 3, memory);

        Assert.All(Enumerable.Range(0, TimeSteps), step => Assert.True(float.IsFinite(memory.OutputsOf(0, step)[0]) && float.IsFinite(memory.OutputsOf(2, step)[4])));
        Assert.All(Enumerable.Range(0, TimeSteps), step => Assert.True(float.IsNaN(memory.OutputsOf(1, step)[0]) && float.IsNaN(memory.OutputsOf(1, step)[4])));
        features.Values.Clear();
        sequences.Run(features, 3, memory);
        Assert.True(float.IsFinite(memory.OutputsOf(1, 0)[0]));
    }

    /// <summary>In no bit, so that a row has the same score in a view and in a prediction engine.</summary>
    [Theory]
    [MemberData(nameof(CellSamples.Names), MemberType = typeof(CellSamples))]
    public void The_rows_beside_a_row_do_not_change_it(string cell)
    {
        foreach (var readOut in Enum.GetValues<ReadOut>())
        {
            using var network = Network(Spec(CellSamples.All[cell] with { Units = 21 }, 2, bidirectional: true, readOut));
            var sequences = new SequenceNetwork(PackedNetwork.Of(network));
            var features = Features(network.Spec, 20);
            var all = Run(sequences, features, 20, capacity: 20);
            foreach (var rows in new[] { 1, 2, 7, 13 })
            {
                var memory = sequences.NewMemory(rows, everyStep: false);
                for (var first = 0; first + rows <= 20; first += rows)
                {
                    var some = new AlignedFloats(rows * Length);
                    features.Values.Slice(first * Length, rows * Length).CopyTo(some.Values);
                    sequences.Run(some, rows, memory);
                    for (var row = 0; row < rows; row++)
                    {
                        Assert.Equal(all[first + row], memory.OutputsOf(row, 0).ToArray());
                    }
                }
            }

            // A batch that is not full.
            Assert.Equal(all[..1], Run(sequences, features, 1, capacity: 20));
            Assert.Equal(all[..3], Run(sequences, features, 3, capacity: 20));
        }
    }

    private static NetworkSpec Spec(RnnCell cell, int layers, bool bidirectional, ReadOut readOut) =>
        new(cell, layers, bidirectional, Dropout: 0, readOut, TimeSteps, Inputs, Outputs);

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
        var features = Features(spec, Rows);
        float[] expected;
        using (var scope = NewDisposeScope())
        using (var mode = inference_mode())
        {
            expected = TensorMemory.ToArray(network.Forward(tensor(features.Values.ToArray(), Rows, TimeSteps, Inputs), ForwardPass.Scoring with { EveryStep = everyStep }));
        }

        Assert.Equal(Rows * Outputs * (everyStep ? TimeSteps : 1), expected.Length);
        Check(PackedNetwork.Of(network), features, expected, everyStep);
        Check(PackedNetwork.Of<Lanes128>(network), features, expected, everyStep);
        // Without registers of this width every value is computed by itself, slowly.
        if (Vector256.IsHardwareAccelerated || spec.Cell.Units < 70)
        {
            Check(PackedNetwork.Of<Lanes256>(network), features, expected, everyStep);
            Check(PackedNetwork.Of<Lanes512>(network), features, expected, everyStep);
            Check(PackedNetwork.Of<Lanes1024>(network), features, expected, everyStep);
        }
    }

    private static void Check(PackedNetwork packed, AlignedFloats features, float[] expected, bool everyStep)
    {
        var sequences = new SequenceNetwork(packed);
        var outputs = Run(sequences, features, Rows, Rows, everyStep);
        var largest = Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
        {
            var length = Outputs * (everyStep ? TimeSteps : 1);
            Assert.Equal(expected[i], outputs[i / length][i % length], Tolerance * largest);
        }
    }

    private static float[][] Run(SequenceNetwork sequences, AlignedFloats features, int rows, int capacity, bool everyStep = false)
    {
        var memory = sequences.NewMemory(capacity, everyStep);
        sequences.Run(features, rows, memory);
        return [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, everyStep ? TimeSteps : 1).SelectMany(step => memory.OutputsOf(row, step).ToArray()).ToArray())];
    }

    private static AlignedFloats Features(NetworkSpec spec, int rows)
    {
        var random = new Random(5);
        var features = new AlignedFloats(rows * Length);
        foreach (ref var value in features.Values)
        {
            value = 4 * random.NextSingle() - 2;
        }

        if (spec.MissingValues != MissingValues.Refuse)
        {
            features.Values[1] = features.Values[7] = features.Values[Length + 8] = float.NaN;
        }

        return features;
    }
}
