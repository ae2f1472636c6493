using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Onnx;

/// <summary>Reads a weight out of libtorch, wherever it lies.</summary>
internal static class WeightValues
{
    public static float[] Of(Tensor weight)
    {
        using var scope = NewDisposeScope();
        return [.. weight.detach().to(ScalarType.Float32).cpu().contiguous().data<float>()];
    }
}
