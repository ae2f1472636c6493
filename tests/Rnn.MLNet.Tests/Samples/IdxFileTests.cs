using System.Buffers.Binary;
using System.IO.Compression;
using CsCheck;
using Mnist;

namespace Rnn.MLNet.Tests.Samples;

/// <summary>The files that MNIST comes in are read to the byte, packed or not, and refused with the file's name and what was expected.</summary>
public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFile _plain = new("-idx3-ubyte");
    private readonly TemporaryFile _packed = new("-idx3-ubyte.gz");

    public void Dispose()
    {
        _plain.Dispose();
        _packed.Dispose();
    }

    [Fact]
    public void What_was_written_is_read_packed_or_not() =>
        Gen.Int[1, 6].Array[1, 4].SelectMany(sizes => Gen.Byte.Array[sizes.Aggregate(1, (product, size) => product * size)].Select(elements => (sizes, elements)))
            .Sample((sizes, elements) =>
            {
                var content = Idx(elements, sizes);
                File.WriteAllBytes(_plain.Path, content);
                File.WriteAllBytes(_packed.Path, Packed(content));

                foreach (var path in (string[])[_plain.Path, _packed.Path])
                {
                    var file = IdxFile.Read(path, sizes.Length);
                    Assert.Equal(path, file.Path);
                    Assert.Equal(sizes, file.Sizes);
                    Assert.Equal(elements, file.Elements);
                }
            }, iter: 30, threads: 1);

    [Fact]
    public void A_size_of_several_bytes_comes_with_the_high_one_first()
    {
        var elements = Enumerable.Range(0, 0x0102 * 2).Select(i => (byte)i).ToArray();
        File.WriteAllBytes(_plain.Path, [0, 0, 8, 2, 0, 0, 1, 2, 0, 0, 0, 2, .. elements]);

        var file = IdxFile.Read(_plain.Path, 2);

        Assert.Equal([258, 2], file.Sizes);
        Assert.Equal(elements, file.Elements);
    }

    public static TheoryData<byte[], string> Damaged => new()
    {
        { [], "expected an IDX header of 12 bytes, got 0." },
        { [0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0], "expected an IDX header of 12 bytes, got 11." },
        { [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 9], "expected the IDX magic number 2050, got 2051." },
        { [0, 0, 8, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9], "expected the IDX magic number 2050, got 2049." },
        { [0, 0, 9, 2, 0, 0, 0, 1, 0, 0, 0, 1, 9], "expected the IDX magic number 2050, got 2306." },
        { [0, 1, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 9], "expected the IDX magic number 2050, got 67586." },
        { [1, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 9], "expected the IDX magic number 2050, got 16779266." },
        { [2, 8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 9], "expected the IDX magic number 2050, got 34078720." },
        { [0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 1], "expected dimension 1 to have a size that fits a file, got 0." },
        { [0, 0, 8, 2, 0, 0, 0, 1, 255, 255, 255, 255, 9], "expected dimension 2 to have a size that fits a file, got 4294967295." },
        { [0, 0, 8, 2, 0, 1, 0, 0, 0, 0, 128, 0, 9], "expected dimension 2 to have a size that fits a file, got 32768." },
        { [0, 0, 8, 2, 127, 255, 255, 255, 0, 0, 0, 1, 9], "expected dimension 1 to have a size that fits a file, got 2147483647." },
        // As many as an array holds, so that only the file is too short.
        { [0, 0, 8, 2, 127, 255, 255, 199, 0, 0, 0, 1, 9], "expected 2147483591 bytes (2147483591 × 1) after the header, got 1." },
        { [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5], "expected 6 bytes (2 × 3) after the header, got 5." },
        { [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7], "expected 6 bytes (2 × 3) after the header, got 7." },
        { [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3], "expected 6 bytes (2 × 3) after the header, got 0." },
    };

    [Theory]
    [MemberData(nameof(Damaged), DisableDiscoveryEnumeration = true)]
    public void A_file_of_another_kind_or_length_is_refused_packed_or_not(byte[] content, string message)
    {
        File.WriteAllBytes(_plain.Path, content);
        File.WriteAllBytes(_packed.Path, Packed(content));

        Assert.Equal($"{_plain.Path}: {message}", Assert.Throws<InvalidDataException>(() => IdxFile.Read(_plain.Path, 2)).Message);
        Assert.Equal($"{_packed.Path}: {message}", Assert.Throws<InvalidDataException>(() => IdxFile.Read(_packed.Path, 2)).Message);
    }

    [Fact]
    public void A_name_that_says_packed_means_it_in_any_case()
    {
        using var upper = new TemporaryFile(".GZ");
        using var unpacked = new TemporaryFile(".gz.idx");
        var content = Idx([7], 1);
        File.WriteAllBytes(_packed.Path, content);
        File.WriteAllBytes(upper.Path, Packed(content));
        File.WriteAllBytes(_plain.Path, Packed(content));

        var error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(_packed.Path, 1));

        Assert.Equal($"{_packed.Path}: expected a gzip file, got data that cannot be decompressed.", error.Message);
        Assert.IsType<InvalidDataException>(error.InnerException);
        Assert.Equal([7], IdxFile.Read(upper.Path, 1).Elements);
        File.WriteAllBytes(unpacked.Path, content);
        Assert.Equal([7], IdxFile.Read(unpacked.Path, 1).Elements);
        Assert.Contains("expected the IDX magic number", Assert.Throws<InvalidDataException>(() => IdxFile.Read(_plain.Path, 1)).Message);
        Assert.Throws<FileNotFoundException>(() => IdxFile.Read(_plain.Path + "none", 1));
    }

    private static byte[] Idx(byte[] elements, params int[] sizes)
    {
        var content = new byte[4 + 4 * sizes.Length + elements.Length];
        content[2] = 8;
        content[3] = (byte)sizes.Length;
        for (var i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4 + 4 * i), sizes[i]);
        }

        elements.CopyTo(content.AsSpan(content.Length - elements.Length));
        return content;
    }

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest))
        {
            packing.Write(content);
        }

        return packed.ToArray();
    }
}
