using Rnn.MLNet.Tests.Scoring;

namespace Rnn.MLNet.Tests.Windows;

/// <summary>Writes windows out, such as <c>A@3: 1 2 3 = ok</c>: the machine, the time, the features and the label, as far as the view has them.</summary>
internal static class WindowText
{
    public static List<string> Of(IDataView windows)
    {
        using var cursor = windows.GetRowCursor(windows.Schema);
        var read = Reader(cursor);
        var texts = new List<string>();
        while (cursor.MoveNext())
        {
            texts.Add(read());
        }

        return texts;
    }

    /// <summary>The windows of a log.</summary>
    public static List<string> Of(IEnumerable<LogRow> rows, SequenceOptions options)
    {
        var context = new MLContext(seed: 1);
        return Of(context.Data.CreateSequences(LogRow.View(context, rows), options));
    }

    /// <summary>Writes out the window that a cursor is on, with the columns that it reads.</summary>
    public static Func<string> Reader(DataViewRow cursor)
    {
        var (machine, time, label) = (Column("Machine"), Column("Time"), Column("Label"));
        var features = cursor.Schema.GetColumnOrNull("Features") is { } column && cursor.IsColumnActive(column)
            ? cursor.GetGetter<VBuffer<float>>(column)
            : null;
        VBuffer<float> values = default;
        return () =>
        {
            features?.Invoke(ref values);
            var numbers = string.Join(' ', values.DenseValues().Select(value => value.ToString(CultureInfo.InvariantCulture)));
            return $"{machine?.Invoke()}{(time is null ? "" : $"@{time()}")}: {numbers}{(label is null ? "" : $" = {label()}")}";
        };

        Func<string>? Column(string name) =>
            cursor.Schema.GetColumnOrNull(name) is { } column && cursor.IsColumnActive(column) ? ColumnText.Reader(cursor, column) : null;
    }
}
