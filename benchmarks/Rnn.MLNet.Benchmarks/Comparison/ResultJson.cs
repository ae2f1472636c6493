using System.Text.Encodings.Web;

namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Reads and writes the rows as a JSON list.</summary>
internal static class ResultJson
{
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, IReadOnlyList<ResultRow> rows) =>
        File.WriteAllText(path, JsonSerializer.Serialize(rows, Format) + "\n");

    /// <exception cref="InvalidDataException">The file is not a list of rows.</exception>
    public static IReadOnlyList<ResultRow> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<List<ResultRow>>(File.ReadAllText(path), Format)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: expected a file written by --json. {exception.Message}", exception);
        }
    }
}
