using System.Runtime.InteropServices;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// Float32 numbers in native memory, initially 0, at an address that is a multiple of the size of a cache line. They are freed when this object is disposed
/// of or, if it is not, collected, so code that uses the address must keep this object alive.
/// </summary>
internal sealed unsafe class AlignedFloats : IDisposable
{
    private const int CacheLine = 64;

    private readonly int _count;
    private long _bytes;

    /// <exception cref="InvalidOperationException">Thrown if the numbers do not fit into one span.</exception>
    /// <exception cref="OutOfMemoryException">Thrown if there is not enough memory.</exception>
    public AlignedFloats(long count)
    {
        if (count > Array.MaxLength)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"A matrix of the network would take {count:N0} numbers when it is packed; it may take {Array.MaxLength:N0}."));
        }

        _count = (int)count;
        var bytes = Math.Max(count, 1) * sizeof(float);
        Start = (float*)NativeMemory.AlignedAlloc((nuint)bytes, CacheLine);
        _bytes = bytes;
        GC.AddMemoryPressure(bytes);
        Values.Clear();
    }

    ~AlignedFloats() => Free();

    /// <summary>The address of the first number.</summary>
    public float* Start { get; }

    public Span<float> Values => new(Start, _count);

    /// <summary>Frees the memory. The numbers must not be used any more.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        var bytes = Interlocked.Exchange(ref _bytes, 0);
        if (bytes > 0)
        {
            NativeMemory.AlignedFree(Start);
            GC.RemoveMemoryPressure(bytes);
        }
    }
}
