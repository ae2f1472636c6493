using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>
/// Images go along with the scores as copies. A stand-in with the members of ML.NET's image type takes its place: it counts those that are alive.
/// </summary>
public sealed class ImageColumnTests
{
    private const int Capacity = 4;

    [Fact]
    public void The_members_of_the_real_type_are_found()
    {
        RuntimeHelpers.RunClassConstructor(typeof(ImageValues<MLImage, MLPixelFormat>).TypeHandle);
    }

    [Fact]
    public void Every_consumer_gets_its_own()
    {
        using var values = new ImageValues<Picture, int>(Loader(), Capacity);
        for (var row = 0; row < Capacity; row++)
        {
            Assert.Equal(row == 2 ? 0 : row + 1, values.Read(row));
        }

        Picture first = null!, second = null!, missing = null!;
        values.Get(1, ref first);
        values.Get(1, ref second);
        values.Get(2, ref missing);
        Assert.NotSame(first, second);
        Assert.Null(missing);
        Assert.Equal((2, 1, 7, "row 1"), (first.Width, first.Height, first.PixelFormat, first.Tag));
        Assert.True(first.Pixels.SequenceEqual((ReadOnlySpan<byte>)[1, 1]));

        // What a consumer disposes of is gone for itself only.
        second.Dispose();
        second = null!;
        values.Get(1, ref second);
        Assert.True(second.Pixels.SequenceEqual((ReadOnlySpan<byte>)[1, 1]));
        var handedBack = second;
        values.Get(3, ref second);
        Assert.True(handedBack.IsDisposed);
        Assert.Equal(4, second.Width);

        // The same memory serves the next batch.
        values.Read(1);
        values.Get(1, ref second);
        Assert.Equal("row 4", second.Tag);
        Assert.False(first.IsDisposed);
    }

    [Fact]
    public void Copies_are_freed_and_the_users_images_stay_whole()
    {
        List<Picture> images = [.. Enumerable.Range(0, Capacity).Select(row => Picture.CreateFromPixels(1, 1, 7, [(byte)row]))];
        var before = Picture.Alive;
        var row = 0;
        var values = new ImageValues<Picture, int>((ref Picture picture) => picture = images[row], Capacity);
        for (var batch = 0; batch < 2; batch++)
        {
            for (row = 0; row < Capacity; row++)
            {
                values.Read(row);
            }

            Assert.Equal(before + Capacity, Picture.Alive);
        }

        values.Dispose();
        Assert.Equal(before, Picture.Alive);
        Assert.All(images, image => Assert.False(image.IsDisposed));
    }

    /// <summary>As ML.NET's loader does: it disposes of the image that it is handed, and gives out a new one.</summary>
    private static ValueGetter<Picture> Loader()
    {
        var row = 0;
        return (ref Picture picture) =>
        {
            picture?.Dispose();
            picture = row == 2 ? null! : Picture.CreateFromPixels(row + 1, 1, 7, [.. Enumerable.Repeat((byte)row, row + 1)]);
            if (picture is not null)
            {
                picture.Tag = $"row {row}";
            }

            row++;
        };
    }

    private sealed class Picture : IDisposable
    {
        private byte[] _pixels = [];

        public static int Alive { get; private set; }

        public bool IsDisposed { get; private set; }

        public int Width { get; private init; }

        public int Height { get; private init; }

        public int PixelFormat { get; private init; }

        public ReadOnlySpan<byte> Pixels => IsDisposed ? throw new InvalidOperationException("Object is disposed.") : _pixels;

        public string? Tag { get; set; }

        public static Picture CreateFromPixels(int width, int height, int pixelFormat, ReadOnlySpan<byte> imagePixelData)
        {
            Alive++;
            return new Picture { Width = width, Height = height, PixelFormat = pixelFormat, _pixels = imagePixelData.ToArray() };
        }

        public void Dispose()
        {
            Alive -= IsDisposed ? 0 : 1;
            IsDisposed = true;
        }
    }
}
