namespace Images;

/// <summary>A folder of PNG files, one folder a digit: train/7/00042.png.</summary>
internal sealed class DigitFolder(string path)
{
    /// <summary>Writes the digits as PNG files and returns the rows that name them, in the order of the digits.</summary>
    public DigitFile[] Write(string set, MnistDataSet digits, CancellationToken stop)
    {
        for (int digit = 0; digit <= 9; digit++)
        {
            Directory.CreateDirectory(Path.Combine(path, set, $"{digit}"));
        }

        var files = new DigitFile[digits.Count];
        Parallel.ForEach(digits.Digits().Index(), new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, row =>
        {
            string label = $"{row.Item.Label}";
            files[row.Index] = new DigitFile { Path = Path.Combine(set, label, $"{row.Index:00000}.png"), Label = label };
            using var image = Image(row.Item);
            image.Save(Path.Combine(path, files[row.Index].Path));
        });
        return files;
    }

    /// <summary>Reads one of the files.</summary>
    public MLImage Read(DigitFile file) => MLImage.CreateFromFile(Path.Combine(path, file.Path));

    /// <summary>Returns the digit as white ink on black.</summary>
    private static MLImage Image(Digit digit)
    {
        var pixels = new byte[4 * digit.Features.Length];
        for (int i = 0; i < digit.Features.Length; i++)
        {
            pixels.AsSpan(4 * i, 3).Fill((byte)MathF.Round(255 * digit.Features[i]));
            pixels[4 * i + 3] = 255;
        }

        return MLImage.CreateFromPixels(Digit.Side, Digit.Side, MLPixelFormat.Rgba32, pixels);
    }
}
