namespace Rnn.MLNet.Saving;

/// <summary>The feature column of a saved model.</summary>
/// <param name="Column">The name.</param>
/// <param name="IsDouble">Whether the values are of type Double rather than Single.</param>
/// <param name="Dimensions">The dimensions of the vector.</param>
internal sealed record SavedFeature(string Column, bool IsDouble, IReadOnlyList<int> Dimensions)
{
    /// <summary>The type of the column.</summary>
    public VectorDataViewType ToType() => new(IsDouble ? NumberDataViewType.Double : NumberDataViewType.Single, Dimensions.ToArray());

    /// <summary>Describes a column.</summary>
    public static SavedFeature Of(string column, VectorDataViewType type) => new(column, type.ItemType == NumberDataViewType.Double, type.Dimensions);
}
