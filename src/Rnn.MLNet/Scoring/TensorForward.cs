using Rnn.MLNet.Kernels;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Tasks;
using static TorchSharp.torch;

namespace Rnn.MLNet.Scoring;

/// <summary>Scores batches with libtorch: on a GPU, and on processors whose registers are narrower than 256 bits.</summary>
internal sealed class TensorForward(ITask task) : IBatchForward
{
    public void Run(SharedNetwork.Lease lease, AlignedFloats features, int rows, Span<float> scores)
    {
        using var work = NativeWork.Begin(parks: false);
        using var precision = FullPrecision.Use();
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var network = lease.Network;
        var spec = network.Spec;
        var sequences = empty([rows, spec.TimeSteps, spec.Features], ScalarType.Float32, CPU);
        features.Values[..(rows * spec.TimeSteps * spec.Features)].CopyTo(TensorMemory.Span<float>(sequences));
        var outputs = network.Forward(sequences.to(network.Device), ForwardPass.Scoring with { EveryStep = task.Columns.ScoredSteps is not null });
        TensorMemory.Span<float>(task.Scores(outputs).cpu()).CopyTo(scores);
    }
}
