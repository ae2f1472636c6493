using System.Collections.Immutable;

namespace Rnn.MLNet.Reading;

/// <summary>How one row of the feature column becomes a sequence: <c>[time, features]</c>, row-major.</summary>
internal readonly record struct SequenceShape(int TimeSteps, int Features)
{
    /// <summary>Values in a row.</summary>
    public int Length => TimeSteps * Features;

    /// <summary>Derives the shape from the feature column and the wanted number of time steps.</summary>
    /// <exception cref="ArgumentException">The column is no vector of known size, or the time steps do not divide it.</exception>
    public static SequenceShape Of(DataViewSchema.Column column, int? timeSteps)
    {
        ColumnRules.RequireSequences(ColumnDescription.Of(column));
        var type = (VectorDataViewType)column.Type;
        if (timeSteps is null)
        {
            return type.Dimensions.Length >= 2
                ? new SequenceShape(type.Dimensions[0], type.Size / type.Dimensions[0])
                : throw new ArgumentException(
                    $"The feature column '{column.Name}' is a vector of one dimension, {column.Type}, so the number of time steps must be given: set TimeSteps (the argument timeSteps: of RnnClassifier), or declare the column with two dimensions, as in [VectorType(28, 28)]. A TextLoader, Concatenate and most other transforms give one dimension.");
        }

        return type.Size % timeSteps.Value == 0
            ? new SequenceShape(timeSteps.Value, type.Size / timeSteps.Value)
            : throw new ArgumentException(
                $"The length of the feature column '{column.Name}', {type.Size}, must be a multiple of TimeSteps, {timeSteps}; it leaves {type.Size % timeSteps.Value} over.");
    }

    /// <summary>What speaks against the shape that a column is read in; null if nothing does.</summary>
    /// <param name="column">The feature column.</param>
    public string? Doubt(DataViewSchema.Column column)
    {
        var dimensions = ((VectorDataViewType)column.Type).Dimensions;
        if (dimensions is [1 or 3 or 4, var height, var width, ..] && height > dimensions[0] && width > dimensions[0])
        {
            return $"The feature column '{column.Name}', {column.Type}, looks like an image with its colours first; it is read as {this}. "
                + $"If its rows of pixels are to be the steps, put the colours last, [{height}, {width}, {dimensions[0]}], as ExtractPixels does with interleavePixelColors: true.";
        }

        return TimeSteps == 1
            ? $"The feature column '{column.Name}', {column.Type}, is read as {this}: with one step nothing recurs. The first dimension, or TimeSteps, is the number of steps."
            : null;
    }

    public override string ToString() => $"{TimeSteps} {(TimeSteps == 1 ? "step" : "steps")} of {Features} {(Features == 1 ? "feature" : "features")}";

    /// <summary>
    /// Checks that a column holds what the one did that was trained on, in the same order: as many values and, if it has several
    /// dimensions, those of training. One dimension says nothing of the order, so it fits any.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="trained">The type of the column that was trained on.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public void Check(DataViewSchema.Column column, VectorDataViewType trained)
    {
        if (!IsSequence(column.Type, out var type) || type.Size != Length)
        {
            throw new ArgumentException(
                $"The feature column '{column.Name}' must be a vector of {Length} Single or Double values ({TimeSteps} time steps of {Features}), as in training; it is {column.Type}.");
        }

        if (!HasOrderOf(type.Dimensions, trained.Dimensions))
        {
            throw new ArgumentException(
                $"The feature column '{column.Name}' must have the dimensions of training, {trained}, or {TimeSteps} time steps of {Features}; it is {column.Type}, whose values come in another order. Transpose them, or declare a vector of one dimension, which is read row by row.");
        }
    }

    private bool HasOrderOf(ImmutableArray<int> dimensions, ImmutableArray<int> trained) =>
        dimensions.Length == 1
        || dimensions.SequenceEqual(trained)
        // Behind the time, dimensions may be folded and unfolded; two of training that have changed places may not.
        || (dimensions[0] == TimeSteps && (dimensions.Length == 2 || trained.Length <= 2));

    private static bool IsSequence(DataViewType type, out VectorDataViewType vector)
    {
        vector = (type as VectorDataViewType)!;
        return vector is { IsKnownSize: true } && (vector.ItemType == NumberDataViewType.Single || vector.ItemType == NumberDataViewType.Double);
    }
}
