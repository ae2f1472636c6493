using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>RMSprop (Hinton, 2012). The state is the running mean of the gradient's square.</summary>
/// <param name="rate">The learning rate.</param>
/// <param name="penalty">The L2 penalty: this multiple of the weights is added to the gradient.</param>
internal readonly unsafe struct RmsPropRule(double rate, double penalty) : IStepRule
{
    private const double SquareKept = 0.99;
    private const double Epsilon = 1e-8;

    private readonly float _rate = (float)rate;
    private readonly float _penalty = (float)penalty;

    public void Move(float* weights, float* gradient, float* first, float* second)
    {
        var weight = Vector.Load(weights);
        var slope = Vector.Load(gradient) + weight * _penalty;
        var square = Vector.Load(first) * (float)SquareKept + slope * slope * (float)(1 - SquareKept);
        var deviation = Vector.SquareRoot(square) + new Vector<float>((float)Epsilon);
        Vector.Store(square, first);
        Vector.Store(weight - slope / deviation * _rate, weights);
    }

    public void Move(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> state)
    {
        using Scalar penalty = _penalty.ToScalar(), step = (-_rate).ToScalar(), epsilon = Epsilon.ToScalar(), once = 1.ToScalar();
        using Scalar squareKept = SquareKept.ToScalar(), squareAdded = (1 - SquareKept).ToScalar();
        gradient.add_(weights, penalty);
        state[0].mul_(squareKept).addcmul_(gradient, gradient, squareAdded);
        using var deviation = state[0].sqrt().add_(epsilon, once);
        weights.addcdiv_(gradient, deviation, step);
    }
}
