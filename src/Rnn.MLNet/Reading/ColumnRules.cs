namespace Rnn.MLNet.Reading;

/// <summary>What the columns of a training must hold, and what to do about one that holds something else.</summary>
internal static class ColumnRules
{
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentException(
            $"The {role} column '{name}' is not in the data, which has {string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => $"'{column.Name}'"))}.");

    /// <exception cref="ArgumentException">The column cannot be the sequences.</exception>
    public static void RequireSequences(ColumnDescription column)
    {
        if (!IsSequences(column))
        {
            throw new ArgumentException(
                $"The feature column '{column.Name}' must be a vector of Single or Double of known size; it is {column.Type}.{SequencesAdvice(column)}");
        }
    }

    /// <exception cref="ArgumentException">The column cannot be the example weights.</exception>
    public static void RequireWeight(ColumnDescription column)
    {
        if (column.IsVector || column.IsKey || column.ItemType != Microsoft.ML.Data.NumberDataViewType.Single)
        {
            var advice = column.IsVector ? " A row has one weight." : column.IsNumber ? ConvertType(column) : "";
            throw new ArgumentException($"The example weight column '{column.Name}' must be a Single; it is {column.Type}.{advice}");
        }
    }

    /// <summary>Whether the column can be the sequences.</summary>
    public static bool IsSequences(ColumnDescription column) => column is { IsVector: true, IsKnownSize: true, IsReal: true };

    /// <summary>How a column that cannot be the sequences becomes one that can; empty where nothing is known.</summary>
    public static string SequencesAdvice(ColumnDescription column) => column switch
    {
        // Named, because Microsoft.ML.ImageAnalytics is no dependency.
        _ when column.ItemType.GetType().Name == "ImageDataViewType" =>
            " An image becomes a sequence of its rows of pixels by mlContext.Transforms.ResizeImages, which gives all one size,"
            + " ConvertToGrayscale if colours do not matter, and ExtractPixels(\"Pixels\", interleavePixelColors: true);"
            + " then \"Pixels\" is the feature column and timeSteps the height.",
        { ItemType: Microsoft.ML.Data.TextDataViewType } =>
            " Text is no sequence of numbers yet: give each step its numbers, for instance those of its word or character,"
            + " and pad or cut all rows to as many steps, in an mlContext.Transforms.CustomMapping.",
        { IsVector: true, IsKey: true, IsKnownSize: true } =>
            $" Tokens and other keys become numbers by mlContext.Transforms.Conversion.MapKeyToVector(\"{column.Name}\", outputCountVector: false), a step each.",
        { IsVector: true, IsKey: true } =>
            " Tokens and other keys must be as many in each row, so pad or cut the rows in an mlContext.Transforms.CustomMapping;"
            + " then MapKeyToVector(outputCountVector: false) makes numbers of them, a step each.",
        { IsVector: true, IsKnownSize: false, IsNumber: true } =>
            " Rows of no fixed length cannot be read. Declare it: [VectorType(steps, features)] on a property,"
            + " the indices of the columns in a TextLoader.Column; pad or cut sequences that differ in length.",
        { IsVector: true, IsNumber: true } => ConvertType(column),
        { IsVector: false, IsNumber: true } =>
            " One number is no sequence: bring the columns of all time steps together by mlContext.Transforms.Concatenate, step after step, and pass timeSteps.",
        _ => "",
    };

    private static string ConvertType(ColumnDescription column) =>
        $" Append mlContext.Transforms.Conversion.ConvertType(\"{column.Name}\", outputKind: DataKind.Single) before the trainer.";
}
