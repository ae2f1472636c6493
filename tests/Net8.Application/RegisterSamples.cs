namespace Net8.Application;

/// <summary>What the instructions that .NET 8 has no name for give for numbers where mistakes show: NaN, both zeros, infinity, products that do not fit.</summary>
internal static unsafe class RegisterSamples
{
    private static readonly float[] Values = [float.NaN, 0f, -0f, float.PositiveInfinity, float.NegativeInfinity, 1.5f, -1.5f, 1 + 1f / 4096];

    /// <summary>The bits of all results, in all widths.</summary>
    public static int[] Bits() => [.. Of<Lanes128>(), .. Of<Lanes256>(), .. Of<Lanes512>(), .. Of<Lanes1024>()];

    private static IEnumerable<int> Of<T>()
        where T : struct, ILanes<T>
    {
        List<int> bits = [];
        foreach (var a in Values)
        {
            foreach (var b in Values)
            {
                bits.AddRange(Stored(T.Clamp(T.Create(a), T.Create(-0f), T.Create(b))));
                bits.AddRange(Stored(T.Clamp(T.Create(a), T.Create(b), T.Create(0f))));
                // The narrowest lanes round twice where there is no instruction that rounds once.
                if (T.Count > 4)
                {
                    bits.AddRange(Stored(T.MultiplyAdd(T.Create(a), T.Create(b), T.Create(-1 - 1f / 2048))));
                }
            }
        }

        return bits;
    }

    private static int[] Stored<T>(T lanes)
        where T : struct, ILanes<T>
    {
        var values = new int[T.Count];
        fixed (int* target = values)
        {
            lanes.Store((float*)target);
        }

        return values;
    }
}
