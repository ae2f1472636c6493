using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>
/// A training, taken by hand: in each epoch another order of the rows; for each minibatch its gradient with dropout of that step, cut to the
/// norm, and a step of the optimiser at the rate of that step.
/// </summary>
public sealed class TrainingLoopTests
{
    private const int Steps = 3, Features = 2, Rows = 44, Seed = 9;
    private const double Clip = 0.3;

    private static readonly NetworkSpec Spec = new(new GruCell(4), Layers: 2, Bidirectional: false, Dropout: 0.2, ReadOut.FinalState, Steps, Features, RandomSequences.Classes);

    private static readonly TrainingSettings Settings = PlainSettings.Value with
    {
        Schedule = LearningRateSchedule.OneCycle,
        WeightDecay = 0.05,
        GradientClipNorm = Clip,
        Seed = Seed,
        Shards = 2,
    };

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.5)]
    [InlineData(OptimizerKind.AdamW, 0.01)]
    public void Its_weights_are_those_of_the_steps_one_by_one(OptimizerKind optimizer, double rate)
    {
        var settings = Settings with { Optimizer = optimizer, LearningRate = rate };
        var norms = new List<float>();

        var (expected, actual) = WorkerGroup.Use(1, group => (ByHand(settings, group, norms), Trained(settings, group)));

        Assert.InRange(norms.Count(norm => norm > Clip), 1, norms.Count - 1);
        Assert.Equal(9, norms.Count);
        Assert.Equal(expected, actual);
    }

    private static float[] Trained(TrainingSettings settings, WorkerGroup group)
    {
        using var scope = NewDisposeScope();
        using var network = new RecurrentNetwork(Spec, seed: 3, CPU);
        using var loop = new TrainingLoop(network, Classification.Task(RandomSequences.Classes), settings, Source(), validation: null, group);
        loop.Run(checkpoint: null);
        return [.. network.Parameters.Vector.data<float>()];
    }

    private static float[] ByHand(TrainingSettings settings, WorkerGroup group, List<float> norms)
    {
        using var scope = NewDisposeScope();
        var rows = Source();
        using var network = new RecurrentNetwork(Spec, seed: 3, CPU);
        using var parallel = new DataParallelGradient(network, Classification.Task(RandomSequences.Classes), group, ScalarType.Float32, Seed, shards: 2, batchRows: 16, rows.MeanWeight);
        using var optimizer = OptimizerFactory.Create(network.Parameters, settings.Optimizer, weightDecay: 0.05);
        var schedule = new Schedule(LearningRateSchedule.OneCycle, settings.LearningRate, totalSteps: 9);
        var step = 0;
        for (var epoch = 0; epoch < 3; epoch++)
        {
            foreach (var batch in rows.Shuffled(16, SeedSequence.Derive(Seed, SeedSequence.Purpose.RowOrder, epoch), default))
            {
                var gradient = parallel.Compute(batch, step).Gradient;
                var norm = gradient.norm().item<float>();
                norms.Add(norm);
                if (norm > Clip)
                {
                    using var factor = (Clip / norm).ToScalar();
                    gradient = gradient.mul(factor);
                    Assert.Equal(Clip, gradient.norm().item<float>(), 1e-6);
                }

                optimizer.Step(gradient, schedule.At(step));
                step++;
            }
        }

        return [.. network.Parameters.Vector.data<float>()];
    }

    /// <summary>Two minibatches of 16 rows and one of 12, of weights that differ.</summary>
    private static CachedRows Source() => new(RandomSequences.Set(Rows, Steps, Features, distance: 1), [.. Enumerable.Range(0, Rows)]);
}
