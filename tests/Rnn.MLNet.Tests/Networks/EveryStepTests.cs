using Rnn.MLNet.Tests.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Networks;

/// <summary>The outputs after each time step are those of the sequence that ends there.</summary>
public sealed class EveryStepTests
{
    private const int Steps = 5, Features = 2, Outputs = 3;

    public static TheoryData<string> Cells => CellSamples.Names;

    [Theory]
    [MemberData(nameof(Cells))]
    public void An_output_is_that_of_the_sequence_that_ends_there(string cell)
    {
        foreach (var (layers, readOut) in new[] { (1, ReadOut.FinalState), (2, ReadOut.MeanPool), (2, ReadOut.LastOutput) })
        {
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            var spec = new NetworkSpec(CellSamples.All[cell], layers, Bidirectional: false, 0, readOut, Steps, Features, Outputs);
            using var network = new RecurrentNetwork(spec, seed: 2, CPU);
            using var generator = new Generator(3, CPU);
            var sequences = randn([7, Steps, Features], generator: generator);

            var every = network.Forward(sequences, ForwardPass.Scoring with { EveryStep = true });

            Assert.Equal([7, Steps, Outputs], every.shape);
            for (var steps = 1; steps <= Steps; steps++)
            {
                var ended = network.Forward(sequences.narrow(1, 0, steps), ForwardPass.Scoring);
                Assert.InRange((every.select(1, steps - 1) - ended).abs().max().item<float>(), 0, 1e-6);
            }
        }
    }
}
