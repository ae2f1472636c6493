using CsCheck;
using Rnn.MLNet.Tests.ReferenceValues;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>What holds for any weights and any sequences.</summary>
public sealed class CellPropertyTests
{
    private const int Features = 3;
    private const double Tolerance = 1e-5;

    // The weights are drawn through TensorFlow's layout, which not every cell needs to have.
    private static readonly Gen<(string Cell, int TimeSteps, int Layers, int Seed)> Networks =
        Gen.Select(Gen.OneOfConst(CellSamples.All.Keys.Where(name => CellTable.Of(CellSamples.All[name]).TensorFlow is not null).ToArray()), Gen.Int[1, 6], Gen.Int[1, 2], Gen.Int);

    [Fact]
    public void A_row_scores_the_same_alone_and_in_any_batch() =>
        Gen.Select(Networks, Gen.Bool, Gen.Int[2, 9]).Sample((network, bidirectional, batch) =>
        {
            var random = new Random(network.Seed);
            using var probe = Probe(network, bidirectional, random);
            var rows = Rows(random, batch, network.TimeSteps);
            var together = probe.Libtorch(rows);
            for (var i = 0; i < batch; i++)
            {
                AssertClose(together[i], probe.Libtorch([rows[i]])[0]);
            }
        }, iter: 60);

    [Fact]
    public void A_bidirectional_network_of_the_reversed_sequence_is_the_mirrored_network() =>
        Networks.Sample(network =>
        {
            var random = new Random(network.Seed);
            var cell = CellSamples.All[network.Cell];
            var size = TensorFlowCells.OutputSize(cell);
            var options = new RnnClassifierOptions { Cell = cell, Bidirectional = true };
            var layer = TensorFlowCells.Layers(options, Features, Draw(random))[0];
            var mirroredLayer = new TensorFlowLayer { Forward = layer.Backward!, Backward = layer.Forward };
            using var probe = new StateProbe(options, [layer], 2 * size, network.TimeSteps, Features);
            using var mirrored = new StateProbe(options, [mirroredLayer], 2 * size, network.TimeSteps, Features);
            var row = Rows(random, 1, network.TimeSteps)[0];
            float[] reversed = [.. row.Chunk(Features).Reverse().SelectMany(step => step)];

            var expected = probe.Libtorch([row])[0];
            AssertClose([.. expected[size..], .. expected[..size]], mirrored.Libtorch([reversed])[0]);
        }, iter: 60);

    [Fact]
    public void Clips_bound_the_outputs() =>
        Gen.Select(Gen.Double[0.01, 0.5], Gen.Bool, Gen.Int).Sample((bound, usePeepholes, seed) =>
        {
            var random = new Random(seed);
            // An output gate of at most 1 leaves |h| ≤ tanh(clip); a projection's clip bounds the output itself.
            foreach (var (cell, largest) in new[]
            {
                (new LstmCell(4) { UsePeepholes = usePeepholes, CellClip = bound }, Math.Tanh(bound)),
                (new LstmCell(4) { UsePeepholes = usePeepholes, ProjectionSize = 3, ProjectionClip = bound }, bound),
            })
            {
                var options = new RnnClassifierOptions { Cell = cell };
                var layers = TensorFlowCells.Layers(options, Features, () => 5 * (random.NextSingle() * 2 - 1));
                using var probe = new StateProbe(options, layers, TensorFlowCells.OutputSize(cell), 4, Features);
                var outputs = probe.Libtorch(Rows(random, 5, 4)).SelectMany(row => row).ToArray();
                Assert.All(outputs, value => Assert.InRange(value, -largest - Tolerance, largest + Tolerance));
            }
        }, iter: 30);

    [Fact]
    public void Dropout_is_the_identity_in_scoring() =>
        Gen.Select(Gen.Double[0.05, 0.95], Gen.Bool, Gen.Int).Sample((keep, layerNorm, seed) =>
        {
            double[][] Score(double keepProbability)
            {
                var random = new Random(seed);
                var options = new RnnClassifierOptions
                {
                    Cell = new LayerNormBasicLstmCell(4) { LayerNorm = layerNorm, DropoutKeepProb = keepProbability },
                    Dropout = 1 - keepProbability,
                };
                using var probe = new StateProbe(options, TensorFlowCells.Layers(options, Features, Draw(random)), 4, 4, Features);
                var rows = Rows(random, 4, 4);
                var scores = probe.Libtorch(rows);
                Assert.Equal(scores, probe.Libtorch(rows));
                return scores;
            }

            // Not to the bit: without dropout, the kernel of the LSTM computes what its extensions do otherwise.
            Assert.All(Score(1).Zip(Score(keep)), pair => Assert.All(pair.First.Zip(pair.Second), score => Assert.Equal(score.First, score.Second, 1e-6)));
        }, iter: 20);

    private static StateProbe Probe((string Cell, int TimeSteps, int Layers, int Seed) network, bool bidirectional, Random random)
    {
        var cell = CellSamples.All[network.Cell];
        var options = new RnnClassifierOptions { Cell = cell, Layers = network.Layers, Bidirectional = bidirectional };
        return new StateProbe(
            options, TensorFlowCells.Layers(options, Features, Draw(random)),
            TensorFlowCells.OutputSize(cell) * (bidirectional ? 2 : 1), network.TimeSteps, Features);
    }

    private static Func<float> Draw(Random random) => () => random.NextSingle() * 2 - 1;

    private static float[][] Rows(Random random, int count, int timeSteps) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, timeSteps * Features).Select(_ => random.NextSingle() * 2 - 1).ToArray())];

    private static void AssertClose(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - Tolerance, pair.First + Tolerance));
}
