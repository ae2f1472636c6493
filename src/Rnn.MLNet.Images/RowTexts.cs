namespace Rnn.MLNet.Images;

/// <summary>
/// The texts of a row, among them usually the path of its image's file. ML.NET's LoadImages does not name a file that it cannot decode.
/// </summary>
internal sealed class RowTexts
{
    private const int MaximumLength = 300;

    private readonly List<(string Name, ValueGetter<ReadOnlyMemory<char>> Getter)> _getters = [];

    /// <param name="row">The row or cursor. Columns that it was not created with are left out.</param>
    public RowTexts(DataViewRow row)
    {
        foreach (var column in Columns(row.Schema).Where(row.IsColumnActive))
        {
            _getters.Add((column.Name, row.GetGetter<ReadOnlyMemory<char>>(column)));
        }
    }

    /// <summary>Returns the columns of text, hidden ones too: the column with the images may have the name of that with the paths.</summary>
    public static IEnumerable<DataViewSchema.Column> Columns(DataViewSchema schema) => schema.Where(column => column.Type is TextDataViewType);

    /// <summary>Returns the texts of the current row, such as <c>, whose Path is 'a.png'</c>; an empty string if there is none.</summary>
    public override string ToString()
    {
        var texts = _getters.Select(text => (text.Name, Value: Read(text.Getter))).Where(text => text.Value.Length > 0).ToList();
        return texts.Count == 0 ? "" : $", whose {string.Join(", ", texts.Select(text => $"{text.Name} is '{text.Value}'"))}";
    }

    private static string Read(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        try
        {
            ReadOnlyMemory<char> text = default;
            getter(ref text);
            return text.Length <= MaximumLength ? text.ToString() : $"{text[..MaximumLength]}…";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // It is to explain another failure, which must not be lost.
            return "";
        }
    }
}
