namespace Rnn.MLNet.Reading;

/// <summary>The requirements on the columns of training data, and advice on how to convert a column that does not meet them.</summary>
internal static class ColumnRules
{
    /// <summary>Returns the column with the given name.</summary>
    /// <exception cref="ArgumentException">Thrown if there is no such column.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentException(
            $"The {role} column '{name}' is not in the data, which has {string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => $"'{column.Name}'"))}.");

    /// <summary>Requires that a column can be the feature column.</summary>
    /// <exception cref="ArgumentException">Thrown if it cannot. The message contains advice on how to convert it.</exception>
    public static void RequireSequences(ColumnDescription column)
    {
        if (!IsSequences(column))
        {
            throw new ArgumentException(
                $"The feature column '{column.Name}' must be a vector of Single or Double of known size; it is {column.Type}.{SequencesAdvice(column)}");
        }
    }

    /// <summary>Requires that a column can be the example weight column.</summary>
    /// <exception cref="ArgumentException">Thrown if it cannot. The message contains advice on how to convert it.</exception>
    public static void RequireWeight(ColumnDescription column)
    {
        if (column.IsVector || column.IsKey || column.ItemType != Microsoft.ML.Data.NumberDataViewType.Single)
        {
            var advice = column.IsVector ? " A row has one weight." : column.IsNumber ? ConvertType(column) : "";
            throw new ArgumentException($"The example weight column '{column.Name}' must be a Single; it is {column.Type}.{advice}");
        }
    }

    /// <summary>Returns whether a column can be the feature column.</summary>
    public static bool IsSequences(ColumnDescription column) => column is { IsVector: true, IsKnownSize: true, IsReal: true };

    /// <summary>Returns advice on how to convert a column to a valid feature column; an empty string if there is none.</summary>
    public static string SequencesAdvice(ColumnDescription column) => column switch
    {
        // Compared by name because this library does not reference Microsoft.ML.ImageAnalytics.
        _ when column.ItemType.GetType().Name == "ImageDataViewType" =>
            $" To read images as sequences, append mlContext.Transforms.ImageToSequence(\"Features\", \"{column.Name}\") of the package Rnn.MLNet.Images"
            + " before the trainer: the rows of pixels become the time steps, and TimeSteps need not be given.",
        { ItemType: Microsoft.ML.Data.TextDataViewType } =>
            " Convert the text to a sequence of numbers in an mlContext.Transforms.CustomMapping: map each time step, such as a word or a character,"
            + " to numbers, and pad or truncate all rows to the same number of steps.",
        { IsVector: true, IsKey: true, IsKnownSize: true } =>
            $" Convert keys, such as tokens, with mlContext.Transforms.Conversion.MapKeyToVector(\"{column.Name}\", outputCountVector: false): each key becomes one time step.",
        { IsVector: true, IsKey: true } =>
            " Every row must have the same number of keys, such as tokens: pad or truncate the rows in an mlContext.Transforms.CustomMapping,"
            + " then convert the keys with MapKeyToVector(outputCountVector: false): each key becomes one time step.",
        { IsVector: true, IsKnownSize: false, IsNumber: true } =>
            " Declare the size: with [VectorType(steps, features)] on a property, or with the column indices of a TextLoader.Column."
            + " Pad or truncate sequences of different lengths.",
        { IsVector: true, IsNumber: true } => ConvertType(column),
        { IsVector: false, IsNumber: true } =>
            " Combine the columns of all time steps with mlContext.Transforms.Concatenate, in the order of the steps, and pass timeSteps.",
        _ => "",
    };

    private static string ConvertType(ColumnDescription column) =>
        $" Append mlContext.Transforms.Conversion.ConvertType(\"{column.Name}\", outputKind: DataKind.Single) before the trainer.";
}
