namespace Rnn.MLNet.Tests.Images;

/// <summary>Sequences as text, one number for each value, from 0 to 255, and a stroke between the steps.</summary>
internal static class SequenceText
{
    /// <summary>Returns the sequences of all rows.</summary>
    public static List<string> Of(IDataView view, string column = "Features")
    {
        var type = Assert.IsType<VectorDataViewType>(view.Schema[column].Type);
        Assert.Equal(2, type.Dimensions.Length);
        return [.. view.GetColumn<float[]>(column).Select(values => Of(values, type.Dimensions[1]))];
    }

    public static string Of(float[] values, int features) =>
        string.Join(" | ", values.Chunk(features).Select(step => string.Join(' ', step.Select(value => Math.Round(value * 255f, 3).ToString(CultureInfo.InvariantCulture)))));
}
