using System.Buffers.Binary;
using System.IO.Compression;

namespace Mnist;

/// <summary>An IDX file of bytes, the format of the MNIST data set (see data/mnist/README.md).</summary>
internal sealed class IdxFile
{
    private IdxFile(string path, int[] sizes, byte[] elements)
    {
        Path = path;
        Sizes = sizes;
        Elements = elements;
    }

    public string Path { get; }

    /// <summary>The size of each dimension.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The elements in row-major order.</summary>
    public byte[] Elements { get; }

    /// <summary>Reads a file, decompressing it if its name ends in .gz.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is not an IDX file of bytes with <paramref name="dimensions"/> dimensions, or it is truncated or too long.
    /// </exception>
    public static IdxFile Read(string path, int dimensions)
    {
        byte[] content = Unpacked(path);
        int headerLength = 4 + 4 * dimensions;
        if (content.Length < headerLength)
        {
            throw new InvalidDataException($"{path}: expected an IDX header of {headerLength} bytes, got {content.Length}.");
        }

        // Two zero bytes, the element type (8: unsigned byte), the number of dimensions.
        int expectedMagic = 0x0800 + dimensions;
        int magic = BinaryPrimitives.ReadInt32BigEndian(content);
        if (magic != expectedMagic)
        {
            throw new InvalidDataException($"{path}: expected the IDX magic number {expectedMagic}, got {magic}.");
        }

        var sizes = new int[dimensions];
        long expectedLength = 1;
        for (int i = 0; i < dimensions; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4 + 4 * i));
            if (sizes[i] < 1 || sizes[i] > Array.MaxLength / expectedLength)
            {
                throw new InvalidDataException(
                    $"{path}: expected dimension {i + 1} to have a size that fits a file, got {(uint)sizes[i]}.");
            }

            expectedLength *= sizes[i];
        }

        if (content.Length - headerLength != expectedLength)
        {
            throw new InvalidDataException(
                $"{path}: expected {expectedLength} bytes ({string.Join(" × ", sizes)}) after the header, "
                + $"got {content.Length - headerLength}.");
        }

        return new IdxFile(path, sizes, content[headerLength..]);
    }

    private static byte[] Unpacked(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            return File.ReadAllBytes(path);
        }

        using var packed = File.OpenRead(path);
        using var unpacking = new GZipStream(packed, CompressionMode.Decompress);
        using var content = new MemoryStream();
        try
        {
            unpacking.CopyTo(content);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: expected a gzip file, got data that cannot be decompressed.", exception);
        }

        return content.ToArray();
    }
}
