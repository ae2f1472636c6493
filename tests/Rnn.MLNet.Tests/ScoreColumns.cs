namespace Rnn.MLNet.Tests;

/// <summary>What a model said, read from a view and compared.</summary>
internal static class ScoreColumns
{
    public static float[][] Scores(this IDataView view, string column = "Score") => [.. view.GetColumn<float[]>(column)];

    public static uint[] Keys(this IDataView view, string column = "PredictedLabel") => [.. view.GetColumn<uint>(column)];

    public static string[] SlotNames(this IDataView view, string column = "Score")
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema[column].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>All scores agree; NaN agrees with NaN only.</summary>
    public static void AssertAgree(float[][] expected, float[][] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected[row].Length, actual[row].Length);
            for (var i = 0; i < expected[row].Length; i++)
            {
                float e = expected[row][i], a = actual[row][i];
                Assert.True(float.IsNaN(e) ? float.IsNaN(a) : Math.Abs(e - a) <= tolerance, $"Row {row}, score {i}: expected {e}, got {a}.");
            }
        }
    }

    /// <summary>A digest of every weight of a model: equal only if all bits are.</summary>
    public static string WeightBits(this RnnClassifierTransformer model)
    {
        using var file = new TemporaryFile(".onnx");
        model.ExportOnnx(file.Path);
        return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.Path)));
    }
}
