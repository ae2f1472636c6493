using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// Float32 numbers, initially 0, at a fixed address that is a multiple of the size of a cache line. The garbage collector frees them, so code that
/// uses the address must keep this object alive.
/// </summary>
internal sealed unsafe class AlignedFloats
{
    private const int CacheLine = 64 / sizeof(float);

    private readonly float[] _pinned;
    private readonly int _first;
    private readonly int _count;

    /// <exception cref="InvalidOperationException">Thrown if the numbers do not fit into one array.</exception>
    public AlignedFloats(long count)
    {
        if (count > Array.MaxLength - CacheLine)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"A matrix of the network would take {count:N0} numbers when it is packed; it may take {Array.MaxLength - CacheLine:N0}."));
        }

        _count = (int)count;
        _pinned = GC.AllocateArray<float>(_count + CacheLine, pinned: true);
        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned)) / sizeof(float);
        _first = (int)(-address & (CacheLine - 1));
        Start = (float*)((address + _first) * sizeof(float));
    }

    /// <summary>The address of the first number.</summary>
    public float* Start { get; }

    public Span<float> Values => _pinned.AsSpan(_first, _count);
}
