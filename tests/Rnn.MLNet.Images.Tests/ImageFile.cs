namespace Rnn.MLNet.Tests.Images;

/// <summary>A row that names the file of an image.</summary>
internal sealed class ImageFile
{
    public string? Path { get; set; }

    public string Label { get; set; } = "";
}
