using System.Collections.Immutable;

namespace Rnn.MLNet.Reading;

/// <summary>The shape in which the feature column of a row is read as a sequence: <c>[time, features]</c>, in row-major order.</summary>
internal readonly record struct SequenceShape(int TimeSteps, int Features)
{
    /// <summary>The number of values in a row.</summary>
    public int Length => TimeSteps * Features;

    /// <summary>Returns the shape for a feature column and a number of time steps; null for the first dimension of the column.</summary>
    /// <exception cref="ArgumentException">
    /// Thrown if the column is not a vector of Single or Double of known size, if <paramref name="timeSteps"/> does not divide its length, or if
    /// <paramref name="timeSteps"/> is null and the column has only one dimension.
    /// </exception>
    public static SequenceShape Of(DataViewSchema.Column column, int? timeSteps)
    {
        ColumnRules.RequireSequences(ColumnDescription.Of(column));
        var type = (VectorDataViewType)column.Type;
        if (timeSteps is null)
        {
            return type.Dimensions.Length >= 2
                ? new SequenceShape(type.Dimensions[0], type.Size / type.Dimensions[0])
                : throw new ArgumentException(
                    $"The feature column '{column.Name}' is a vector of one dimension, {column.Type}, so the number of time steps must be given: set TimeSteps (the argument timeSteps: of RnnClassifier), or declare the column with two dimensions, as in [VectorType(28, 28)]. TextLoader, Concatenate and most other transforms produce one dimension.");
        }

        return type.Size % timeSteps.Value == 0
            ? new SequenceShape(timeSteps.Value, type.Size / timeSteps.Value)
            : throw new ArgumentException(
                $"The length of the feature column '{column.Name}', {type.Size}, must be a multiple of TimeSteps, {timeSteps}; the remainder is {type.Size % timeSteps.Value}.");
    }

    /// <summary>Returns a warning if the shape is probably not what the user intends, otherwise null.</summary>
    /// <param name="column">The feature column.</param>
    public string? Doubt(DataViewSchema.Column column)
    {
        var dimensions = ((VectorDataViewType)column.Type).Dimensions;
        if (dimensions is [1 or 3 or 4, var height, var width, ..] && height > dimensions[0] && width > dimensions[0])
        {
            return $"The feature column '{column.Name}', {column.Type}, looks like an image whose first dimension is colour; it is read as {this}. "
                + $"To use the rows of pixels as time steps, put the colours last, [{height}, {width}, {dimensions[0]}], as ExtractPixels does with interleavePixelColors: true, or use ImageToSequence of the package Rnn.MLNet.Images.";
        }

        return TimeSteps == 1
            ? $"The feature column '{column.Name}', {column.Type}, is read as {this}: with a single time step the network is not recurrent. The number of time steps is the first dimension, or TimeSteps."
            : null;
    }

    public override string ToString() => $"{TimeSteps} {(TimeSteps == 1 ? "step" : "steps")} of {Features} {(Features == 1 ? "feature" : "features")}";

    /// <summary>
    /// Checks that a column is compatible with the training column: it must have the same number of values in the same order. Columns with
    /// several dimensions must have those of training. A column with one dimension does not define an order, so it is always accepted.
    /// </summary>
    /// <param name="column">The column to check.</param>
    /// <param name="trained">The type of the training column.</param>
    /// <exception cref="ArgumentException">Thrown if the column is not compatible.</exception>
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
                $"The feature column '{column.Name}' must have the dimensions of training, {trained}, or {TimeSteps} time steps of {Features}; it is {column.Type}, whose values are in a different order. Transpose them, or declare a vector of one dimension, which is read row by row.");
        }
    }

    private bool HasOrderOf(ImmutableArray<int> dimensions, ImmutableArray<int> trained) =>
        dimensions.Length == 1
        || dimensions.SequenceEqual(trained)
        // The dimensions after the first one may be merged or split, which does not change the order, but not transposed.
        || (dimensions[0] == TimeSteps && (dimensions.Length == 2 || trained.Length <= 2));

    private static bool IsSequence(DataViewType type, out VectorDataViewType vector)
    {
        vector = (type as VectorDataViewType)!;
        return vector is { IsKnownSize: true } && (vector.ItemType == NumberDataViewType.Single || vector.ItemType == NumberDataViewType.Double);
    }
}
