using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>Direct access to the elements of a tensor.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Returns the address of the first element of a contiguous tensor. It is valid as long as the tensor is kept alive.</summary>
    /// <param name="tensor">A float32 tensor on the CPU that is not empty.</param>
    public static float* Address(Tensor tensor) => (float*)First(tensor);

    /// <summary>
    /// Returns the address of the first element of a tensor with any strides. It is valid as long as the tensor is kept alive.
    /// </summary>
    /// <param name="tensor">A float32 tensor on the CPU that is not empty.</param>
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

    /// <summary>Returns the elements of a contiguous tensor. The span is valid as long as the tensor is kept alive.</summary>
    /// <param name="tensor">A tensor of type <typeparamref name="T"/> on the CPU that is not empty.</param>
    public static Span<T> Span<T>(Tensor tensor)
        where T : unmanaged =>
        new(First(tensor), checked((int)tensor.NumberOfElements));

    /// <summary>Returns the addresses of the first elements of contiguous tensors. They are valid as long as the tensors are kept alive.</summary>
    /// <param name="tensors">Float32 tensors on the CPU that are not empty.</param>
    public static float*[] Addresses(this IReadOnlyList<Tensor> tensors)
    {
        var addresses = new float*[tensors.Count];
        for (var i = 0; i < addresses.Length; i++)
        {
            addresses[i] = Address(tensors[i]);
        }

        return addresses;
    }

    /// <summary>Copies the elements of a tensor of any type on any device to a float32 array in row-major order.</summary>
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
        // From a slice of one element, because a span over the whole tensor is limited to 2 GB.
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, 1);
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
