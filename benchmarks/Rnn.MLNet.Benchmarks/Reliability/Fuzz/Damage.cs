namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>Damages files as faulty disks, interrupted transfers and attackers would.</summary>
internal static class Damage
{
    private static readonly (string Name, Func<byte[], Random, byte[]> Do)[] Kinds =
    [
        ("bits flipped", FlipBits),
        ("truncated", (file, random) => file[..random.Next(file.Length)]),
        ("empty", (_, _) => []),
        ("bytes inserted", (file, random) => Insert(file, RandomBytes(random, random.Next(1, 64)), random)),
        ("bytes removed", TakeOut),
        ("block repeated", (file, random) => Insert(file, file[Block(file, random)], random)),
        ("blocks swapped", SwapBlocks),
        ("range zeroed", (file, random) => Overwrite(file, random, range => range.Clear())),
        ("range overwritten", (file, random) => Overwrite(file, random, random.NextBytes)),
        ("huge number", HugeNumber),
        ("random bytes", (file, random) => RandomBytes(random, random.Next(2 * file.Length))),
        ("bytes after the end", (file, random) => [.. file, .. RandomBytes(random, random.Next(1, 64))]),
    ];

    /// <summary>Returns a damaged copy of a file, and the name of the damage.</summary>
    public static (byte[] File, string Name) Apply(byte[] file, Random random)
    {
        // Half of all files get a few flipped bits, the damage that is hardest to detect.
        var kind = random.Next(2) == 0 ? Kinds[0] : Kinds[random.Next(Kinds.Length)];
        return (kind.Do([.. file], random), kind.Name);
    }

    private static byte[] FlipBits(byte[] file, Random random)
    {
        for (var count = random.Next(1, 9); count > 0; count--)
        {
            file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
        }

        return file;
    }

    private static byte[] Insert(byte[] file, byte[] bytes, Random random)
    {
        var place = random.Next(file.Length + 1);
        return [.. file[..place], .. bytes, .. file[place..]];
    }

    private static byte[] TakeOut(byte[] file, Random random)
    {
        var block = Block(file, random);
        return [.. file[..block.Start], .. file[block.End..]];
    }

    private static byte[] SwapBlocks(byte[] file, Random random)
    {
        var length = random.Next(1, Math.Max(2, file.Length / 4));
        var first = random.Next(file.Length - 2 * length + 1);
        var second = random.Next(first + length, file.Length - length + 1);
        return [.. file[..first], .. file[second..(second + length)], .. file[(first + length)..second], .. file[first..(first + length)], .. file[(second + length)..]];
    }

    private static byte[] Overwrite(byte[] file, Random random, SpanAction overwrite)
    {
        overwrite(file.AsSpan(Block(file, random)));
        return file;
    }

    /// <summary>Writes a number that, read as a length, is far too large or negative.</summary>
    private static byte[] HugeNumber(byte[] file, Random random)
    {
        var place = random.Next(Math.Max(1, file.Length - 7));
        byte[] number = random.Next(4) switch
        {
            0 => [0xFF, 0xFF, 0xFF, 0x7F],
            1 => [0xFF, 0xFF, 0xFF, 0xFF],
            2 => [0x7F, 0xFF, 0xFF, 0xFF],
            _ => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
        };
        number.AsSpan(0, Math.Min(number.Length, file.Length - place)).CopyTo(file.AsSpan(place));
        return file;
    }

    private static Range Block(byte[] file, Random random)
    {
        var start = random.Next(file.Length);
        return start..random.Next(start + 1, Math.Min(file.Length, start + 1 + file.Length / 4) + 1);
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private delegate void SpanAction(Span<byte> span);
}
