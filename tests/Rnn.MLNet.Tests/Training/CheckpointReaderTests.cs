using System.Text;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>What a checkpoint states about itself is believed only as far as it can be true.</summary>
public sealed class CheckpointReaderTests
{
    [Theory]
    [InlineData(0, 100, true)]
    [InlineData(4, 100, true)]
    [InlineData(5, 100, false)]
    [InlineData(-1, 100, false)]
    [InlineData(3, 3, true)]
    [InlineData(4, 3, false)]
    [InlineData(int.MaxValue, int.MaxValue, false)]
    public void As_many_things_as_there_are_bytes_for_and_no_more_than_make_sense(int count, int most, bool fits)
    {
        // Nine bytes remain after the number: four things of two.
        using var reader = Reader(writer =>
        {
            writer.Write(count);
            writer.Write(new byte[9]);
        });

        if (fits)
        {
            Assert.Equal(count, reader.ReadCount(2, "things", most));
            Assert.Equal(9, reader.Remaining);
        }
        else
        {
            Assert.Equal($"it claims to hold {count} things.", Assert.Throws<InvalidDataException>(() => reader.ReadCount(2, "things", most)).Message);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 16)]
    public void A_text_comes_back(int length)
    {
        using var reader = Reader(writer =>
        {
            writer.Write(length);
            writer.Write(Encoding.UTF8.GetBytes(new string('x', length)));
        });

        Assert.Equal(new string('x', length), reader.ReadText());
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void A_text_that_is_far_too_long_is_refused()
    {
        using var reader = Reader(writer =>
        {
            writer.Write((1 << 16) + 1);
            writer.Write(new byte[1 << 17]);
        });

        Assert.Equal("it claims to hold 65537 bytes of a text.", Assert.Throws<InvalidDataException>(reader.ReadText).Message);
    }

    [Fact]
    public void Numbers_that_there_are_none_of_are_null_and_NaN_is_a_number()
    {
        using var reader = Reader(writer =>
        {
            writer.Write(CheckpointReader.None);
            writer.Write(double.NaN);
            writer.Write(0.5);
            writer.Write(-7L);
        });

        Assert.Equal(new double?[] { null, double.NaN, 0.5 }, [reader.ReadOptional(), reader.ReadOptional(), reader.ReadOptional()]);
        Assert.Equal(-7, reader.ReadInt64());
    }

    [Fact]
    public void A_vector_comes_back_in_as_many_pieces_as_it_takes()
    {
        using var scope = NewDisposeScope();
        const int Count = 2 * CheckpointReader.ValuesAtOnce + 3;
        var values = Enumerable.Range(0, Count).Select(i => (float)i).ToArray();
        using var reader = Reader(writer =>
        {
            writer.Write((long)Count);
            writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values));
            writer.Write(1);
        });

        Assert.Equal(values, reader.ReadVector(Count).data<float>().ToArray());
        Assert.Equal(4, reader.Remaining);
    }

    [Theory]
    [InlineData(3, 3, 0f, null)]
    [InlineData(2, 3, 0f, "it claims to hold a vector of 2 values, where 3 are expected.")]
    [InlineData(4, 4, 0f, "it claims to hold a vector of 4 values, where 4 are expected.")]
    [InlineData(3, 3, float.NaN, "it holds weights that are not finite.")]
    [InlineData(3, 3, float.NegativeInfinity, "it holds weights that are not finite.")]
    public void A_vector_of_another_length_or_with_no_number_is_refused(long stated, long expected, float last, string? message)
    {
        using var scope = NewDisposeScope();
        using var reader = Reader(writer =>
        {
            writer.Write(stated);
            writer.Write(1f);
            writer.Write(2f);
            writer.Write(last);
        });

        if (message is null)
        {
            Assert.Equal([1, 2, last], reader.ReadVector(expected).data<float>().ToArray());
        }
        else
        {
            Assert.Equal(message, Assert.Throws<InvalidDataException>(() => reader.ReadVector(expected)).Message);
        }
    }

    private static CheckpointReader Reader(Action<BinaryWriter> write)
    {
        var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }

        stream.Position = 0;
        return new CheckpointReader(stream, stream.Length);
    }
}
