using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Kernels;

/// <summary>
/// A cell with random weights, inputs, masks and weighting of its outputs, all small enough that a rounding does not grow from step to step. The tensors
/// belong to the scope in which it is drawn.
/// </summary>
internal sealed record Situation(IRecurrence Cell, Tensor Inputs, IReadOnlyList<NamedWeight> Weights, Tensor Weighting, Tensor? Masks)
{
    // All numbers are of float32, so that no precision begins with others.
    public static Situation Draw(IRecurrence cell, int batch, int steps, int inputs, int blankSteps = 0, double largest = 1)
    {
        using var generator = new Generator(7, CPU);
        Tensor Normal(params long[] shape) => randn(shape, ScalarType.Float32, CPU, generator: generator);
        Tensor Small(params long[] shape) => Scale(Normal(shape), 1 / Math.Sqrt(1 + shape[^1]));
        var x = Small(batch, steps, inputs);
        NamedWeight[] weights = [.. cell.Weights(inputs).Select(weight => new NamedWeight(weight.Name, Small(weight.Shape)))];
        if (cell is LayerNormLstmRecurrence)
        {
            // Keeps the units of a gate apart: the closer they are, the more a rounding grows in the derivative of their normalisation.
            Scale(x.select(2, 0), 0.25, 2);
            using var once = 1.ToScalar();
            weights[0].Value.select(1, 0).view(-1, cell.OutputSize).add_(linspace(-1, 1, cell.OutputSize), once);
        }

        Scale(x, largest).narrow(1, 0, blankSteps).zero_();
        using var dropout = new Generator(3, CPU);
        return new Situation(cell, x, weights, Normal(batch, steps, cell.OutputSize), cell.Masks(x, dropout));
    }

    /// <summary>The same, but each input and weight is another number by a few roundings to float32.</summary>
    public Situation Moved(ulong seed)
    {
        using var generator = new Generator(seed, CPU);
        Tensor Move(Tensor values) => values.to(ScalarType.Float64) * Scale(randn(values.shape, ScalarType.Float64, CPU, generator: generator), 1e-6, 1);
        return this with { Inputs = Move(Inputs), Weights = [.. Weights.Select(weight => weight with { Value = Move(weight.Value) })] };
    }

    /// <summary>Returns the outputs and the gradients of the inputs and of each weight, by libtorch in double precision.</summary>
    public Tensor[] Expected(bool everyStep) => Run(everyStep, ScalarType.Float64);

    /// <summary>Runs the cell in float32: libtorch with gradients, the library's own step also without.</summary>
    /// <param name="expected">What <see cref="Expected"/> returned.</param>
    /// <param name="everyStep">Whether the outputs of every time step are used.</param>
    /// <param name="step">The library's own step of the cell; null for libtorch.</param>
    public Deviation Compare(Tensor[] expected, bool everyStep, ICellStep? step)
    {
        var deviation = Deviation.Between(expected, Run(everyStep, ScalarType.Float32, step, keepsSteps: true));
        if (step is null)
        {
            // Without gradients, libtorch takes other code, which is wrong on some processors (docs/testing.md): it would widen what is allowed.
            return deviation;
        }

        // Without gradients nothing is kept, and some cells take fewer operations.
        using var _ = no_grad();
        return deviation.Or(Deviation.Between(expected[..1], Run(everyStep, ScalarType.Float32, step, keepsSteps: false)));
    }

    private Tensor[] Run(bool everyStep, ScalarType type, ICellStep? step, bool keepsSteps)
    {
        if (step is null)
        {
            return Run(everyStep, type);
        }

        using var run = new CellRun(step, keepsSteps);
        return Run(everyStep, run);
    }

    private Tensor[] Run(bool everyStep, ScalarType type)
    {
        Tensor Variable(Tensor values) => values.to(type).detach().requires_grad_();
        var x = Variable(Inputs);
        NamedWeight[] weights = [.. Weights.Select(weight => weight with { Value = Variable(weight.Value) })];
        var outputs = Result(Cell.Run(new RecurrenceInput(x), new CellWeights(weights), Masks?.to(type), everyStep));
        var loss = (outputs * WeightingOf(everyStep).to(type)).sum();
        return is_grad_enabled() ? [outputs, .. autograd.grad([loss], [x, .. weights.Select(weight => weight.Value)])] : [outputs];
    }

    private Tensor[] Run(bool everyStep, CellRun run)
    {
        Tensor[] weights = [.. Weights.Select(weight => weight.Value.to(ScalarType.Float32))];
        var outputs = run.Forward(weights, Inputs.to(ScalarType.Float32), Masks?.to(ScalarType.Float32), everyStep);
        if (!is_grad_enabled())
        {
            return [outputs];
        }

        Tensor[] gradients = [.. weights.Select(weight => empty_like(weight))];
        foreach (var gradient in gradients)
        {
            TensorMemory.Span<float>(gradient).Fill(float.NaN);
        }

        var ofInputs = run.Backward(weights, WeightingOf(everyStep), everyStep, gradients, ofInputs: true);
        return [outputs, ofInputs!, .. gradients];
    }

    private Tensor WeightingOf(bool everyStep) => everyStep ? Weighting : Weighting.select(1, 0);

    // TorchSharp does not keep a number alive that it converts itself: in thousands of sizes one is collected while libtorch reads it.
    private static Tensor Scale(Tensor values, double factor, double shift = 0)
    {
        using Scalar factors = factor.ToScalar(), shifts = shift.ToScalar(), once = 1.ToScalar();
        return values.mul_(factors).add_(shifts, once);
    }

    private static Tensor Result(RecurrenceOutput output) => output.Outputs ?? output.FinalState.Output;
}
