namespace Mnist;

/// <summary>The images of one pair of MNIST files and their labels.</summary>
internal sealed class MnistDataSet
{
    private const int Pixels = Digit.Side * Digit.Side;
    private readonly byte[] _images;
    private readonly byte[] _labels;

    private MnistDataSet(byte[] images, byte[] labels, int count)
    {
        _images = images;
        _labels = labels;
        Count = count;
    }

    public int Count { get; }

    /// <summary>Reads the 60,000 training images, or the first <paramref name="limit"/> of them.</summary>
    public static MnistDataSet ReadTraining(string folder, int? limit = null) => Read(folder, "train", limit);

    /// <summary>Reads the 10,000 test images.</summary>
    public static MnistDataSet ReadTest(string folder) => Read(folder, "t10k");

    /// <summary>Finds the folder data/mnist of this repository, wherever the program was started from.</summary>
    public static string FindFolder()
    {
        foreach (string start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                string candidate = Path.Combine(folder.FullName, "data", "mnist");
                if (Directory.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        throw new DirectoryNotFoundException(
            $"No folder data/mnist in or above {AppContext.BaseDirectory} or the current directory: specify one with --data.");
    }

    /// <summary>
    /// Returns the digits, created one at a time as the pipeline reads them: all of them as floats would take four times the memory.
    /// </summary>
    public IEnumerable<Digit> Digits()
    {
        for (int i = 0; i < Count; i++)
        {
            var features = new float[Pixels];
            for (int j = 0; j < Pixels; j++)
            {
                features[j] = _images[i * Pixels + j] / 255f;
            }

            yield return new Digit { Features = features, Label = _labels[i] };
        }
    }

    private static MnistDataSet Read(string folder, string name, int? limit = null)
    {
        var images = IdxFile.Read(FindFile(folder, $"{name}-images-idx3-ubyte"), dimensions: 3);
        var labels = IdxFile.Read(FindFile(folder, $"{name}-labels-idx1-ubyte"), dimensions: 1);

        if (images.Sizes[1] != Digit.Side || images.Sizes[2] != Digit.Side)
        {
            throw new InvalidDataException(
                $"{images.Path}: expected images of {Digit.Side} × {Digit.Side} pixels, got {images.Sizes[1]} × {images.Sizes[2]}.");
        }

        if (labels.Sizes[0] != images.Sizes[0])
        {
            throw new InvalidDataException($"{labels.Path}: expected {images.Sizes[0]} labels, one per image, got {labels.Sizes[0]}.");
        }

        int wrong = Array.FindIndex(labels.Elements, label => label > 9);
        if (wrong >= 0)
        {
            throw new InvalidDataException(
                $"{labels.Path}: expected labels from 0 to 9, got {labels.Elements[wrong]} for image {wrong + 1}.");
        }

        return new MnistDataSet(images.Elements, labels.Elements, Math.Min(limit ?? int.MaxValue, images.Sizes[0]));
    }

    private static string FindFile(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        string packed = plain + ".gz";
        return File.Exists(plain) ? plain
            : File.Exists(packed) ? packed
            : throw new FileNotFoundException($"{folder}: expected a file {name} or {name}.gz, found neither.");
    }
}
