using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Rnn.MLNet.Tests.Beside;

/// <summary>A row with what each of the trainers reads.</summary>
internal sealed class Document
{
    public const int Steps = 6;

    [VectorType(Steps)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";

    public string Text { get; set; } = "";

    public float Similarity { get; set; }

    public string Answer { get; set; } = "";

    public int AnswerIndex { get; set; }

    [ImageType(8, 8)]
    public MLImage? Image { get; set; }

    public float[] Boxes { get; set; } = [0, 0, 4, 4];

    public string[] Objects { get; set; } = [];

    /// <summary>Rows in which the sign of the features says the label, as the text does.</summary>
    public static Document[] Some(int count) => [.. Enumerable.Range(0, count).Select(i => new Document
    {
        Features = [.. Enumerable.Repeat(i % 2 == 0 ? 1f : -1f, Steps)],
        Label = i % 2 == 0 ? "good" : "bad",
        Text = i % 2 == 0 ? "a good day" : "a bad day",
        Similarity = i % 2,
        Answer = "day",
        AnswerIndex = i % 2 == 0 ? 7 : 6,
        Image = MLImage.CreateFromPixels(8, 8, MLPixelFormat.Rgba32, new byte[8 * 8 * 4]),
        Objects = [i % 2 == 0 ? "cat" : "dog"],
    })];
}
