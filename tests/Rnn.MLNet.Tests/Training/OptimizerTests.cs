using System.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>
/// The library's own optimisers step as libtorch's do. Alone, and without collections while libtorch's work: TorchSharp's
/// lose a number to the garbage collector now and then.
/// </summary>
[Collection(nameof(Alone))]
public sealed class OptimizerTests
{
    // No whole number of registers of any width.
    private const int Kernel = 53, Bias = 11;

    public static TheoryData<OptimizerKind, double, int> Runs => new(
        from kind in Enum.GetValues<OptimizerKind>()
        from decay in (double[])[0, 0.05]
        from steps in (int[])[3, 50]
        select (kind, decay, steps));

    [Theory]
    [MemberData(nameof(Runs))]
    public void They_agree_with_libtorchs(OptimizerKind kind, double decay, int steps)
    {
        using var scope = NewDisposeScope();
        using var parameters = Weights();
        using var kernel = new Parameter(parameters.Weights[0].Value.detach().clone().view(-1));
        using var bias = new Parameter(parameters.Weights[1].Value.detach().clone());
        using var own = OptimizerFactory.Create(parameters, kind, decay);
        using var ofKernel = Theirs(kind, kernel, decay);
        using var ofBias = Theirs(kind, bias, 0);
        using var drawn = new Generator(3, CPU);
        // The last ones of the gradients are zero, as those of a weight that nothing reaches.
        var gradients = Enumerable.Range(0, steps).Select(_ => cat([empty(Kernel + Bias - 2).normal_(0, 1, drawn), zeros(2)])).ToList();

        using (new WithoutCollections())
        {
            for (var step = 0; step < steps; step++)
            {
                var rate = 0.01 * (1 + step % 3);
                kernel.grad = gradients[step].narrow(0, 0, Kernel).clone();
                bias.grad = gradients[step].narrow(0, Kernel, Bias).clone();
                foreach (var optimizer in (OptimizerHelper[])[ofKernel, ofBias])
                {
                    optimizer.ParamGroups.Single().LearningRate = rate;
                    optimizer.step();
                }

                own.Step(gradients[step], rate);
            }
        }

        float[] expected = [.. kernel.data<float>(), .. bias.data<float>()];
        Assert.Equal(steps, own.Steps);
        Assert.All(expected.Zip(parameters.Vector.data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f * Math.Max(1, Math.Abs(pair.First))));
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.9, 0.8, 0.7)]
    // A gradient that stays the same: its mean is itself, its deviation too.
    [InlineData(OptimizerKind.Adam, 0.9, 0.8, 0.7)]
    [InlineData(OptimizerKind.AdamW, 0.9, 0.8, 0.7)]
    // Its square's mean is 0.01, then 0.0199, then 0.029701: steps of 0.1 / 0.1, 0.1 / 0.1410674 and 0.1 / 0.1723398.
    [InlineData(OptimizerKind.RmsProp, 0, -0.7088812, -1.2891302)]
    public void Three_steps_along_a_gradient_of_one(OptimizerKind kind, float first, float second, float third)
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterSet([WeightSpec.Constant("bias", 1, 5)], seed: 1, CPU);
        using var optimizer = OptimizerFactory.Create(parameters, kind, weightDecay: 0);

        foreach (var expected in (float[])[first, second, third])
        {
            optimizer.Step(ones(5), 0.1);
            Assert.All(parameters.Vector.data<float>().ToArray(), weight => Assert.Equal(expected, weight, 3e-7f));
        }
    }

    [Fact]
    public void On_other_devices_they_step_as_on_the_processor()
    {
        AssertSame(new AdamRule(3, 0.01, penalty: 0.02, keep: 0.9), 2);
        AssertSame(new RmsPropRule(0.01, penalty: 0.02), 1);
        AssertSame(new SgdRule(0.01, penalty: 0.02), 0);
    }

    public static TheoryData<RnnCell> Cells =>
    [
        new BasicRnnCell(3), new BasicLstmCell(3), new GruCell(3), new GruCell(3) { ResetAfter = false },
        new LstmCell(3) { UsePeepholes = true, ProjectionSize = 2 }, new LayerNormBasicLstmCell(3), new LayerNormBasicLstmCell(3) { LayerNorm = false },
    ];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Biases_and_gains_do_not_decay(RnnCell cell)
    {
        using var scope = NewDisposeScope();
        foreach (var initializer in Enum.GetValues<WeightInitializer>())
        {
            var spec = new NetworkSpec(cell, Layers: 2, Bidirectional: true, Dropout: 0, ReadOut.FinalState, TimeSteps: 2, Features: 2, Outputs: 3, initializer);
            using var network = new RecurrentNetwork(spec, seed: 1, CPU);
            var before = network.Parameters.Weights.Select(weight => weight.Value.detach().clone()).ToList();
            foreach (var kind in Enum.GetValues<OptimizerKind>())
            {
                using var optimizer = OptimizerFactory.Create(network.Parameters, kind, weightDecay: 0.1);
                optimizer.Step(zeros(network.Parameters.Count), learningRate: 0.1);
            }

            Assert.All(network.Parameters.Weights.Zip(before), pair =>
            {
                var decays = pair.First.Name.Split('/')[^1] is "kernel" or "recurrent_kernel" or "peepholes" or "projection";
                Assert.Equal(decays, !pair.First.Value.detach().allclose(pair.Second, rtol: 0, atol: 0));
            });
        }
    }

    private static unsafe void AssertSame(IStepRule rule, int states)
    {
        using var scope = NewDisposeScope();
        using var drawn = new Generator(5, CPU);
        var width = System.Numerics.Vector<float>.Count;
        var drawnVectors = Enumerable.Range(0, 4).Select(_ => empty(width).uniform_(0.1, 1, drawn)).ToList();
        var vectors = drawnVectors.Select(vector => vector.data<float>().ToArray()).ToList();
        fixed (float* weights = vectors[0], gradient = vectors[1], first = vectors[2], second = vectors[3])
        {
            rule.Move(weights, gradient, first, second);
        }

        rule.Move(drawnVectors[0], drawnVectors[1], drawnVectors[2..(2 + states)]);

        foreach (var i in (int[])[0, .. Enumerable.Range(2, states)])
        {
            Assert.All(vectors[i].Zip(drawnVectors[i].data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }

    private static ParameterSet Weights() => new(
        [WeightSpec.GlorotUniform("kernel", [Kernel, 1], 1, 5), WeightSpec.Constant("bias", 1, Bias)], seed: 7, CPU);

    private static OptimizerHelper Theirs(OptimizerKind kind, Parameter weights, double decay) => kind switch
    {
        OptimizerKind.Adam => optim.Adam([weights], weight_decay: decay),
        OptimizerKind.AdamW => optim.AdamW([weights], weight_decay: decay),
        OptimizerKind.Sgd => optim.SGD([weights], 0.1, weight_decay: decay),
        _ => optim.RMSProp([weights], alpha: 0.99, eps: 1e-8, weight_decay: decay),
    };

    private sealed class WithoutCollections : IDisposable
    {
        private readonly bool _started = GC.TryStartNoGCRegion(32 << 20);

        public void Dispose()
        {
            if (_started && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            {
                GC.EndNoGCRegion();
            }
        }
    }
}
