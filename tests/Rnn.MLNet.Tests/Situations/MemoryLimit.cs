namespace Rnn.MLNet.Tests.Situations;

/// <summary>Linux: a limit to the address space of this process, so that memory runs out without taking any from other processes.</summary>
internal sealed partial class MemoryLimit : IDisposable
{
    private const int AddressSpace = 9;

    private readonly Limits _before;

    /// <summary>Allows so many bytes more than there are now.</summary>
    public MemoryLimit(long more)
    {
        var pages = long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0], CultureInfo.InvariantCulture);
        Check(GetLimits(AddressSpace, out _before));
        var limits = _before with { Soft = (ulong)(pages * Environment.SystemPageSize + more) };
        Check(SetLimits(AddressSpace, limits));
    }

    public void Dispose() => Check(SetLimits(AddressSpace, _before));

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException("The limit could not be set.");
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "getrlimit")]
    private static partial int GetLimits(int resource, out Limits limits);

    [LibraryImport("libc.so.6", EntryPoint = "setrlimit")]
    private static partial int SetLimits(int resource, in Limits limits);

    private record struct Limits(ulong Soft, ulong Hard);
}
