using System.Runtime.Intrinsics;
using Rnn.MLNet.Tests.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Networks;

/// <summary>After t steps the outputs are those of the whole network for the first t time steps: every cell, every register width.</summary>
public sealed class StepNetworkTests
{
    private const int TimeSteps = 7, Features = 3, Outputs = 5;

    /// <summary>Of an output, which is the logarithm of a probability: the head of the whole network is libtorch's, which rounds otherwise.</summary>
    private const float Tolerance = 2e-6f;

    private static readonly FeatureScaling Scaling = new([0.5f, -2, 0], [2, 0.25f, 1]);

    /// <summary>Units around the widths of registers, panels and tiles.</summary>
    public static MatrixTheoryData<string, int> Networks => new(CellSamples.All.Keys.ToArray(), [4, 21, 70]);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Steps_are_the_prefixes_of_a_sequence(string cell, int units)
    {
        foreach (var (layers, readOut) in new[] { (1, ReadOut.FinalState), (1, ReadOut.MeanPool), (2, ReadOut.LastOutput), (3, ReadOut.MeanPool) })
        {
            Check(Spec(CellSamples.All[cell] with { Units = units }, layers, readOut));
        }
    }

    [Theory]
    [InlineData(MissingValues.Refuse, true)]
    [InlineData(MissingValues.Zero, false)]
    [InlineData(MissingValues.Zero, true)]
    [InlineData(MissingValues.ZeroAndIndicator, false)]
    [InlineData(MissingValues.ZeroAndIndicator, true)]
    public void So_they_are_with_scaled_and_missing_features(MissingValues missingValues, bool scales)
    {
        foreach (var cell in CellSamples.All.Values)
        {
            Check(Spec(cell, 2, ReadOut.FinalState) with { MissingValues = missingValues, Scaling = scales ? Scaling : null });
        }
    }

    /// <summary>The normalisation and the activation functions of whole sequences hold up to features of any size.</summary>
    [Theory]
    [MemberData(nameof(CellSamples.Names), MemberType = typeof(CellSamples))]
    public void So_they_are_with_large_features(string cell)
    {
        Check(Spec(CellSamples.All[cell] with { Units = 21 }, 2, ReadOut.MeanPool), largest: 1e20f);
    }

    /// <summary>Before the first feature that is not 0, the values to normalise are all equal.</summary>
    [Theory]
    [MemberData(nameof(CellSamples.Names), MemberType = typeof(CellSamples))]
    public void So_they_are_after_blank_steps(string cell)
    {
        Check(Spec(CellSamples.All[cell], 1, ReadOut.FinalState), blankSteps: 4);
    }

    [Fact]
    public void The_digest_tells_networks_apart()
    {
        var spec = Spec(new LstmCell(4) { ProjectionSize = 3 }, 2, ReadOut.FinalState);
        NetworkSpec[] others =
        [
            spec with { Cell = new LstmCell(4) { ProjectionSize = 3, CellClip = 1 } },
            spec with { Cell = new LstmCell(4) { ProjectionSize = 3, ProjectionClip = 1 } },
            spec with { Cell = new LstmCell(4) { ProjectionSize = 3, CellClip = 2 } },
            spec with { ReadOut = ReadOut.MeanPool },
            spec with { MissingValues = MissingValues.Zero },
            spec with { Scaling = Scaling },
            spec with { Scaling = Scaling with { Means = [0.5f, -2, 1] } },
            spec with { Scaling = Scaling with { Factors = [2, 0.5f, 1] } },
        ];

        var digests = others.Prepend(spec).Select(other => Digest(other)).Append(Digest(spec, seed: 2)).ToList();
        Assert.Equal(digests.Count, digests.Distinct().Count());
        Assert.Equal(digests[0], Digest(spec));
        // What only training or a whole sequence depends on.
        Assert.Equal(digests[0], Digest(spec with { ReadOut = ReadOut.LastOutput, Dropout = 0.5, TimeSteps = 9, OutputInitializer = WeightInitializer.StandardNormal }));
        Assert.Equal(digests[0], Digest(spec with { Cell = new LstmCell(4) { ProjectionSize = 3, ForgetBias = 3 } }));
    }

    private static NetworkSpec Spec(RnnCell cell, int layers, ReadOut readOut) =>
        new(cell, layers, Bidirectional: false, Dropout: 0, readOut, TimeSteps, Features, Outputs);

    private static string Digest(NetworkSpec spec, int seed = 1)
    {
        using var network = Network(spec, seed);
        return Convert.ToHexString(new StepNetwork(PackedNetwork.Of(network)).Digest);
    }

    /// <summary>A network whose weights, the biases too, are all random.</summary>
    private static RecurrentNetwork Network(NetworkSpec spec, int seed = 1)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var generator = new Generator((ulong)seed, CPU);
        var network = new RecurrentNetwork(spec, seed: 0, CPU);
        var bound = Math.Min(0.8, 3 / Math.Sqrt(spec.Cell.Units));
        network.Parameters.Vector.uniform_(-bound, bound, generator);
        return network;
    }

    private static void Check(NetworkSpec spec, float largest = 2, int blankSteps = 0)
    {
        using var network = Network(spec);
        var sequence = Sequence(spec, largest, blankSteps);
        var expected = Enumerable.Range(1, TimeSteps).Select(steps => Whole(network, sequence, steps)).ToArray();
        Check(new StepNetwork(PackedNetwork.Of(network)), sequence, expected);
        Check(new StepNetwork(PackedNetwork.Of<Lanes128>(network)), sequence, expected);
        // Without registers of this width every value is computed by itself, slowly.
        if (Vector256.IsHardwareAccelerated || spec.Cell.Units < 70)
        {
            Check(new StepNetwork(PackedNetwork.Of<Lanes256>(network)), sequence, expected);
            Check(new StepNetwork(PackedNetwork.Of<Lanes512>(network)), sequence, expected);
            Check(new StepNetwork(PackedNetwork.Of<Lanes1024>(network)), sequence, expected);
        }
    }

    private static void Check(StepNetwork network, float[] sequence, float[][] expected)
    {
        var state = network.NewState();
        for (var step = 0; step < TimeSteps; step++)
        {
            network.Advance(sequence.AsSpan(step * Features, Features), state);
            state.Commit();
            var actual = state.Outputs.Values[..Outputs].ToArray();
            for (var i = 0; i < Outputs; i++)
            {
                Assert.Equal(expected[step][i], actual[i], Tolerance * Math.Max(1, Math.Abs(expected[step][i])));
            }
        }

        Assert.Equal(TimeSteps, state.Steps);
    }

    private static float[] Sequence(NetworkSpec spec, float largest, int blankSteps)
    {
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, TimeSteps * Features).Select(i => i < blankSteps * Features ? 0 : largest * (random.NextSingle() * 2 - 1))];
        if (spec.MissingValues != MissingValues.Refuse)
        {
            values[1] = values[7] = values[8] = float.NaN;
        }

        return values;
    }

    private static float[] Whole(RecurrentNetwork network, float[] sequence, int steps)
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        return TensorMemory.ToArray(network.Forward(tensor(sequence[..(steps * Features)], 1, steps, Features), ForwardPass.Scoring));
    }
}
