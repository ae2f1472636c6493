using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Native;

/// <summary>What cannot be differentiated is an exception: no wrong gradient, and no end of the process.</summary>
public sealed class DifferentiationTests
{
    [Fact]
    public void A_kernel_layer_is_differentiated_once()
    {
        using var scope = NewDisposeScope();
        var weights = Weights();
        var loss = Run(weights);

        autograd.backward([loss], retain_graph: true);
        var gradient = weights[1].grad!.clone();
        var error = Assert.Throws<InvalidOperationException>(() => Differentiation.Gradients(loss, weights));

        Assert.Contains("differentiated once", error.Message);
        Assert.True(gradient.abs().max().item<float>() > 0);
        Assert.Equal(gradient.data<float>(), Differentiation.Gradients(Run(weights), weights)[1].data<float>());
    }

    [Fact]
    public void Its_gradient_is_not_differentiated()
    {
        using var scope = NewDisposeScope();
        var weights = Weights();

        autograd.backward([Run(weights)], create_graph: true);

        Assert.Null(weights[1].grad);
        var error = Assert.Throws<InvalidOperationException>(Differentiation.ThrowIfFailed);
        Assert.Contains("cannot be differentiated itself", error.Message);
    }

    [Fact]
    public void An_error_of_libtorchs_own_is_an_exception()
    {
        using var scope = NewDisposeScope();
        var weight = ones([3], ScalarType.Float32, CPU, requires_grad: true);
        var loss = (weight * weight).sum();

        Assert.Equal([2f, 2f, 2f], Assert.Single(Differentiation.Gradients(loss, [weight])).data<float>());
        var error = Assert.Throws<ExternalException>(() => Differentiation.Gradients(loss, [weight]));

        Assert.Contains("a second time", error.Message);
        Assert.True(NativeFailure.Is(error));
        Assert.Null(weight.grad);
    }

    [Fact]
    public void A_weight_that_the_loss_does_not_depend_on_is_named()
    {
        using var scope = NewDisposeScope();
        var (weight, other) = (ones([3], ScalarType.Float32, CPU, requires_grad: true), ones([3], ScalarType.Float32, CPU, requires_grad: true));

        var error = Assert.Throws<InvalidOperationException>(() => Differentiation.Gradients((weight * weight).sum(), [weight, other]));

        Assert.Equal("The loss does not depend on all weights.", error.Message);
        Assert.Null(weight.grad);
    }

    [Fact]
    public void The_first_of_several_errors_is_kept_until_it_is_thrown()
    {
        static List<Tensor> Fail(string message) => Differentiation.Answer(3, () => throw new FormatException(message));

        Assert.Equal(new Tensor?[] { null, null, null }, Fail("first"));
        Fail("second");

        Assert.Equal("first", Assert.Throws<FormatException>(Differentiation.ThrowIfFailed).Message);
        Differentiation.ThrowIfFailed();
    }

    [Fact]
    public void An_error_of_one_differentiation_does_not_fail_the_next()
    {
        using var scope = NewDisposeScope();
        var weight = ones([3], ScalarType.Float32, CPU, requires_grad: true);
        var loss = (weight * weight).sum();
        Differentiation.Gradients(loss, [weight]);
        Differentiation.Answer(1, () => throw new FormatException());
        // libtorch's own error comes before the one that was kept.
        Assert.Throws<ExternalException>(() => Differentiation.Gradients(loss, [weight]));

        Assert.Equal([2f, 2f, 2f], Differentiation.Gradients((weight * weight).sum(), [weight])[0].data<float>());
    }

    private static Tensor[] Weights()
    {
        using var generator = new Generator(3, CPU);
        Tensor Draw(params long[] shape) => randn(shape, ScalarType.Float32, CPU, generator: generator).requires_grad_();
        return [Draw(2, 3, 4), Draw(20, 4), Draw(20, 5), Draw(20)];
    }

    private static Tensor Run(Tensor[] weights) => KernelEngine.Run(
        new CellRun(new KernelStep<LstmKernel, Lanes256>(5, 4, hasCellState: true), keepsSteps: true), weights[0], weights[1..], masks: null, everyStep: false).sum();
}
