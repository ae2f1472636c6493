using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>Adam (Kingma and Ba, 2015). The state is the running mean of the gradient and of its square.</summary>
/// <param name="step">The step, counted from 1.</param>
/// <param name="rate">The learning rate.</param>
/// <param name="penalty">The L2 penalty: this multiple of the weights is added to the gradient.</param>
/// <param name="keep">The factor that the weights are multiplied by before the step: decoupled weight decay (AdamW); 1 for none.</param>
internal readonly unsafe struct AdamRule(long step, double rate, double penalty, double keep) : IStepRule
{
    private const double MeanKept = 0.9;
    private const double SquareKept = 0.999;
    private const double Epsilon = 1e-8;

    private readonly float _rate = (float)(rate / (1 - Math.Pow(MeanKept, step)));
    private readonly float _scale = (float)Math.Sqrt(1 - Math.Pow(SquareKept, step));
    private readonly float _penalty = (float)penalty;
    private readonly float _keep = (float)keep;

    public void Move(float* weights, float* gradient, float* first, float* second)
    {
        var weight = Vector.Load(weights);
        var slope = Vector.Load(gradient) + weight * _penalty;
        var mean = Vector.Load(first) * (float)MeanKept + slope * (float)(1 - MeanKept);
        var square = Vector.Load(second) * (float)SquareKept + slope * slope * (float)(1 - SquareKept);
        var deviation = Vector.SquareRoot(square) / new Vector<float>(_scale) + new Vector<float>((float)Epsilon);
        Vector.Store(mean, first);
        Vector.Store(square, second);
        Vector.Store(weight * _keep - mean / deviation * _rate, weights);
    }

    public void Move(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> state)
    {
        using Scalar penalty = _penalty.ToScalar(), keep = _keep.ToScalar(), scale = _scale.ToScalar(), step = (-_rate).ToScalar();
        using Scalar meanKept = MeanKept.ToScalar(), meanAdded = (1 - MeanKept).ToScalar();
        using Scalar squareKept = SquareKept.ToScalar(), squareAdded = (1 - SquareKept).ToScalar(), epsilon = Epsilon.ToScalar(), once = 1.ToScalar();
        gradient.add_(weights, penalty);
        state[0].mul_(meanKept).add_(gradient, meanAdded);
        state[1].mul_(squareKept).addcmul_(gradient, gradient, squareAdded);
        using var deviation = state[1].sqrt().div_(scale).add_(epsilon, once);
        weights.mul_(keep).addcdiv_(state[0], deviation, step);
    }
}
