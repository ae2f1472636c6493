using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Native;

/// <summary>What cannot be differentiated is an exception: no end of the process.</summary>
public sealed class DifferentiationTests
{
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
}
