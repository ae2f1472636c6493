using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Onnx;

/// <summary>One dimension of an input or output: a size, or a name where any size will do.</summary>
internal readonly record struct OnnxDimension(long Size, string? Name)
{
    public static implicit operator OnnxDimension(long size) => new(size, null);

    public static implicit operator OnnxDimension(string name) => new(0, name);

    public TensorShapeProto.Types.Dimension ToProto() =>
        Name is null ? new() { DimValue = Size } : new() { DimParam = Name };
}
