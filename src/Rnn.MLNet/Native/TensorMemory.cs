using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>The one way to the numbers of a tensor.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>The address of a contiguous tensor's first number. It holds as long as the tensor is kept alive.</summary>
    /// <param name="tensor">Float32, on the processor, and not empty.</param>
    public static float* Address(Tensor tensor) => (float*)First(tensor);

    /// <summary>The same of a tensor that need not be contiguous: the others lie where its strides say.</summary>
    /// <param name="tensor">Float32, on the processor, and not empty.</param>
    public static float* AddressOfFirst(Tensor tensor)
    {
        if (tensor.is_contiguous())
        {
            return Address(tensor);
        }

        using var scope = NewDisposeScope();
        var first = tensor;
        for (var dimension = 0; dimension < tensor.dim(); dimension++)
        {
            first = first.narrow(dimension, 0, 1);
        }

        return Address(first);
    }

    /// <summary>A contiguous tensor's numbers. The span holds as long as the tensor is kept alive.</summary>
    /// <param name="tensor">Of the span's type, on the processor, and not empty.</param>
    public static Span<T> Span<T>(Tensor tensor)
        where T : unmanaged =>
        new(First(tensor), checked((int)tensor.NumberOfElements));

    /// <summary>A tensor's numbers in row-major order as float32, whatever its type and wherever it lies.</summary>
    public static float[] ToArray(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = tensor.detach().to(ScalarType.Float32).cpu().contiguous();
        var array = new ReadOnlySpan<float>(Address(values), checked((int)values.NumberOfElements)).ToArray();
        GC.KeepAlive(values);
        return array;
    }

    private static void* First(Tensor tensor)
    {
        // Of a slice of one number: a span over all of them ends at 2 GB.
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, 1);
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
