namespace Rnn.MLNet.Images;

/// <summary>The schema of the output: the input's columns and the sequence.</summary>
internal sealed class SequenceSchema
{
    public SequenceSchema(DataViewSchema input, DataViewSchema.Column image, SequenceSpec spec)
    {
        Input = input;
        Image = image;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(spec.Output, spec.Type);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Input { get; }

    /// <summary>The input's column with the images.</summary>
    public DataViewSchema.Column Image { get; }

    /// <summary>The schema of the output.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>Returns whether a column is the sequence.</summary>
    public bool IsSequence(DataViewSchema.Column column) => column.Index == Input.Count;

    /// <summary>Validates the columns that a consumer requests, and removes duplicates.</summary>
    /// <exception cref="ArgumentException">A column belongs to another schema.</exception>
    public List<DataViewSchema.Column> Checked(IEnumerable<DataViewSchema.Column> asked)
    {
        var columns = asked.DistinctBy(column => column.Index).ToList();
        foreach (var column in columns)
        {
            if (column.Index >= Schema.Count || column.Name != Schema[column.Index].Name)
            {
                throw new ArgumentException(
                    $"The column '{column.Name}' with index {column.Index} belongs to another schema; that of the output has {string.Join(", ", Schema.Select(own => $"'{own.Name}'"))}.");
            }
        }

        return columns;
    }

    /// <summary>Returns the input's columns that the columns of the output are made of. Texts are added, for messages that name the file.</summary>
    public List<DataViewSchema.Column> SourcesOf(List<DataViewSchema.Column> columns) =>
        [.. columns.SelectMany(column => IsSequence(column) ? [Image, .. RowTexts.Columns(Input)] : (DataViewSchema.Column[])[Input[column.Index]]).DistinctBy(column => column.Index)];
}
