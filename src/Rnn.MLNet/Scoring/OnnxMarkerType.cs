namespace Rnn.MLNet.Scoring;

/// <summary>
/// The type of a column that is hidden by the score column and makes ML.NET's <c>ConvertToOnnx</c> fail. <c>ConvertToOnnx</c> only follows
/// ML.NET's own transforms and treats the output of any other transformer as the data source, so it would silently write a file without the
/// network. It fails at a column whose type ONNX does not support; its message contains the name of the raw type.
/// </summary>
internal sealed class OnnxMarkerType : StructuredDataViewType
{
    public static readonly OnnxMarkerType Instance = new();

    private OnnxMarkerType()
        : base(typeof(ConvertToOnnxCannotSeeTheNetworkCallExportOnnxOfTheTransformer))
    {
    }

    public override bool Equals(DataViewType? other) => other is OnnxMarkerType;

    public override int GetHashCode() => typeof(OnnxMarkerType).GetHashCode();

    public override string ToString() => "Marker";

    /// <summary>The raw type of the column. Its values are empty.</summary>
    internal readonly struct ConvertToOnnxCannotSeeTheNetworkCallExportOnnxOfTheTransformer;
}
