using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>Stochastic gradient descent without momentum. It has no state.</summary>
/// <param name="rate">The learning rate.</param>
/// <param name="penalty">The L2 penalty: this multiple of the weights is added to the gradient.</param>
internal readonly unsafe struct SgdRule(double rate, double penalty) : IStepRule
{
    private readonly float _rate = (float)rate;
    private readonly float _penalty = (float)penalty;

    public void Move(float* weights, float* gradient, float* first, float* second)
    {
        var weight = Vector.Load(weights);
        Vector.Store(weight - (Vector.Load(gradient) + weight * _penalty) * _rate, weights);
    }

    public void Move(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> state)
    {
        using Scalar penalty = _penalty.ToScalar(), step = (-_rate).ToScalar();
        gradient.add_(weights, penalty);
        weights.add_(gradient, step);
    }
}
