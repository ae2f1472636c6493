namespace Rnn.MLNet.Scoring;

/// <summary>
/// The type of a hidden column behind the score, which makes ML.NET's <c>ConvertToOnnx</c> fail. That walks back through ML.NET's own
/// transforms only and takes what comes before them for the source of the data: without a word it would write a file that has no network
/// in it. A type that ONNX has not stops it, and the name of the values is what its message says.
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

    /// <summary>A value of the column, which says nothing.</summary>
    internal readonly struct ConvertToOnnxCannotSeeTheNetworkCallExportOnnxOfTheTransformer;
}
