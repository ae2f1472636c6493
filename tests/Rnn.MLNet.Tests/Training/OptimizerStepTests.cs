using CsCheck;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>Each optimiser's first steps, worked out by hand in double precision, in registers and as operations on tensors.</summary>
public sealed class OptimizerStepTests
{
    private static readonly double[] Gradients = [1, -2, 0.5];
    private static readonly double[] Rates = [0.1, 0.2, 0.1];

    /// <summary>A weight of 1 after each step along <see cref="Gradients"/>, with and without a decay of 0.5.</summary>
    public static TheoryData<OptimizerKind, double, double[]> Steps => new()
    {
        { OptimizerKind.Adam, 0, [0.9000000, 0.9732207, 0.9868898] },
        { OptimizerKind.Adam, 0.5, [0.9000000, 0.9138030, 0.8927578] },
        { OptimizerKind.AdamW, 0, [0.9000000, 0.9732207, 0.9868898] },
        { OptimizerKind.AdamW, 0.5, [0.8500000, 0.8382207, 0.8099787] },
        { OptimizerKind.Sgd, 0, [0.9000000, 1.3000000, 1.2500000] },
        { OptimizerKind.Sgd, 0.5, [0.8500000, 1.1650000, 1.0567500] },
        { OptimizerKind.RmsProp, 0, [0.0000001, 1.7906459, 1.5711724] },
        { OptimizerKind.RmsProp, 0.5, [0.0000001, 1.6028878, 1.1386481] },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Three_steps_are_those_worked_out(OptimizerKind kind, double decay, double[] expected)
    {
        using var scope = NewDisposeScope();
        using var parameters = Ones(decaying: 19, steady: 0);
        using var optimizer = OptimizerFactory.Create(parameters, kind, decay);
        var weights = ones(3);
        Tensor[] state = [zeros(3), zeros(3)];

        for (var step = 0; step < 3; step++)
        {
            optimizer.Step(full(19, Gradients[step], ScalarType.Float32), Rates[step]);
            Rule(kind, step + 1, Rates[step], decay).Move(weights, full(3, Gradients[step], ScalarType.Float32), state);

            Assert.Equal(step + 1, optimizer.Steps);
            Assert.All(parameters.Vector.data<float>().ToArray(), weight => Assert.Equal(expected[step], weight, 1e-6));
            Assert.All(weights.data<float>().ToArray(), weight => Assert.Equal(expected[step], weight, 1e-6));
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void Several_threads_move_every_weight_once(OptimizerKind kind)
    {
        const int Count = 100_003;
        float[] Moved(WorkerGroup? workers)
        {
            using var scope = NewDisposeScope();
            using var parameters = Ones(decaying: 0, steady: Count);
            using var optimizer = OptimizerFactory.Create(parameters, kind, weightDecay: 0, workers);
            optimizer.Step(arange(Count, ScalarType.Float32), 0.001);
            return parameters.Vector.data<float>().ToArray();
        }

        Assert.Equal(Moved(null), WorkerGroup.Use(3, Moved));
    }

    [Theory]
    // A gradient as small as ε, of which the step is half, and 1 / 1.1 of RMSprop's first.
    [InlineData(OptimizerKind.Adam, 0.95, 0.9, 0.85)]
    [InlineData(OptimizerKind.AdamW, 0.95, 0.9, 0.85)]
    [InlineData(OptimizerKind.RmsProp, 0.9090909, 0.8214537, 0.7361542)]
    public void A_gradient_that_is_next_to_nothing_is_damped(OptimizerKind kind, double first, double second, double third)
    {
        using var scope = NewDisposeScope();
        using var parameters = Ones(decaying: 0, steady: 5);
        using var optimizer = OptimizerFactory.Create(parameters, kind, weightDecay: 0.5);
        var weights = ones(3);
        Tensor[] state = [zeros(3), zeros(3)];
        double[] expected = [first, second, third];

        for (var step = 0; step < 3; step++)
        {
            optimizer.Step(full(5, 1e-8, ScalarType.Float32), 0.1);
            Rule(kind, step + 1, 0.1, 0).Move(weights, full(3, 1e-8, ScalarType.Float32), state);

            Assert.All(parameters.Vector.data<float>().ToArray(), weight => Assert.Equal(expected[step], weight, 1e-6));
            Assert.All(weights.data<float>().ToArray(), weight => Assert.Equal(expected[step], weight, 1e-6));
        }
    }

    /// <summary>Whatever their number: in whole registers and in one that is not full, each weight by its own gradient.</summary>
    [Fact]
    public void Every_weight_steps_by_its_own_gradient_and_biases_do_not_decay() =>
        Gen.Select(Gen.Int[0, 35], Gen.Int[0, 35], Gen.OneOfConst(Enum.GetValues<OptimizerKind>()), Gen.Double[0, 0.9]).Where((decaying, steady, _, _) => decaying + steady > 0)
            .Sample((decaying, steady, kind, decay) =>
            {
                using var scope = NewDisposeScope();
                using var parameters = Ones(decaying, steady);
                using var optimizer = OptimizerFactory.Create(parameters, kind, decay);
                double[] weights = [.. Enumerable.Repeat(1.0, decaying + steady)], mean = new double[weights.Length], square = new double[weights.Length];
                for (var step = 1; step <= 3; step++)
                {
                    // Larger than any decay: a gradient that an L2 penalty cancels but for rounding has a step of arbitrary sign.
                    float[] gradient = [.. Enumerable.Range(1, weights.Length).Select(i => (i % 2 == 0 ? 1 : -1) * (1.3f + i * step % 7))];
                    optimizer.Step(tensor(gradient), 0.05);
                    for (var i = 0; i < weights.Length; i++)
                    {
                        weights[i] = Expected(kind, step, 0.05, i < decaying ? decay : 0, weights[i], gradient[i], ref mean[i], ref square[i]);
                    }
                }

                Assert.All(weights.Zip(parameters.Vector.data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            }, iter: 100);

    [Fact]
    public void The_state_and_the_number_of_steps_are_all_that_it_remembers()
    {
        foreach (var kind in Enum.GetValues<OptimizerKind>())
        {
            using var scope = NewDisposeScope();
            using var parameters = Ones(decaying: 9, steady: 4);
            using var copy = Ones(decaying: 9, steady: 4);
            using var optimizer = OptimizerFactory.Create(parameters, kind, weightDecay: 0.1);
            Assert.Equal(kind switch { OptimizerKind.Sgd => 0, OptimizerKind.RmsProp => 1, _ => 2 }, optimizer.State.Count);
            Assert.All(optimizer.State, vector => Assert.Equal(new float[13], vector.data<float>().ToArray()));
            optimizer.Step(linspace(-1, 1, 13), 0.1);
            optimizer.Step(linspace(1, 2, 13), 0.1);

            using var resumed = OptimizerFactory.Create(copy, kind, weightDecay: 0.1);
            copy.Vector.copy_(parameters.Vector);
            resumed.Steps = optimizer.Steps;
            foreach (var (to, from) in resumed.State.Zip(optimizer.State))
            {
                to.copy_(from);
            }

            optimizer.Step(linspace(2, -3, 13), 0.1);
            resumed.Step(linspace(2, -3, 13), 0.1);

            Assert.Equal(3, resumed.Steps);
            Assert.Equal(parameters.Vector.data<float>().ToArray(), copy.Vector.data<float>().ToArray());
            Assert.All(optimizer.State.Zip(resumed.State), pair => Assert.Equal(pair.First.data<float>().ToArray(), pair.Second.data<float>().ToArray()));
        }
    }

    private static double Expected(OptimizerKind kind, int step, double rate, double decay, double weight, double gradient, ref double mean, ref double square)
    {
        if (kind == OptimizerKind.AdamW)
        {
            weight *= 1 - rate * decay;
        }
        else
        {
            gradient += decay * weight;
        }

        switch (kind)
        {
            case OptimizerKind.Sgd:
                return weight - rate * gradient;
            case OptimizerKind.RmsProp:
                square = 0.99 * square + 0.01 * gradient * gradient;
                return weight - rate * gradient / (Math.Sqrt(square) + 1e-8);
            default:
                mean = 0.9 * mean + 0.1 * gradient;
                square = 0.999 * square + 0.001 * gradient * gradient;
                return weight - rate * (mean / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(square / (1 - Math.Pow(0.999, step))) + 1e-8);
        }
    }

    private static IStepRule Rule(OptimizerKind kind, int step, double rate, double decay) => kind switch
    {
        OptimizerKind.Adam => new AdamRule(step, rate, decay, keep: 1),
        OptimizerKind.AdamW => new AdamRule(step, rate, penalty: 0, 1 - rate * decay),
        OptimizerKind.Sgd => new SgdRule(rate, decay),
        _ => new RmsPropRule(rate, decay),
    };

    /// <summary>Weights that are all 1: some that decay, and some that do not.</summary>
    private static ParameterSet Ones(int decaying, int steady) => new(
        new WeightSpec[] { WeightSpec.Constant("kernel", 1, decaying) with { Decays = true }, WeightSpec.Constant("bias", 1, steady) }.Where(weight => weight.Count > 0),
        seed: 1,
        CPU);
}
