using System.Globalization;

namespace Rnn.MLNet.Windows;

/// <summary>Groups of rows that have the same value in a column.</summary>
internal sealed class ColumnGroups<T> : IGroups
    where T : notnull
{
    private const string KeyValuesKind = "KeyValues";

    private readonly DataViewRow _row;
    private readonly DataViewSchema.Column _column;
    private readonly bool _isKey;
    private readonly ValueGetter<T> _getter;
    private readonly Dictionary<T, int> _numbers = new(CellValue.Comparer<T>());
    private readonly List<T> _values = [];
    private T _read = default!;
    private T _chosen = default!;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">The column with the groups.</param>
    public ColumnGroups(DataViewRow row, DataViewSchema.Column column)
    {
        _row = row;
        _column = column;
        _isKey = column.Type is KeyDataViewType;
        _getter = row.GetGetter<T>(column);
        Getter = (ValueGetter<T>)((ref T value) => value = _chosen);
    }

    public Delegate Getter { get; }

    public int Read()
    {
        _getter(ref _read);
        if (_numbers.TryGetValue(_read, out var number))
        {
            return number;
        }

        if (CellValue.IsMissing(_read, _isKey))
        {
            throw new InvalidOperationException(
                $"The group column '{_column.Name}' must not be missing; row {_row.Position} (counted from 0) has none. Replace or filter such rows.");
        }

        var value = CellValue.Own(_read);
        _values.Add(value);
        _numbers.Add(value, number = _numbers.Count);
        return number;
    }

    public void Choose(int group) => _chosen = _values[group];

    public string Describe(int group) => Name(_values[group]) is { } name
        ? $"'{name}'"
        : Convert.ToString(_values[group], CultureInfo.InvariantCulture)!;

    /// <summary>Returns the text of a value; null if it is not a text or a key of a text.</summary>
    private string? Name(T value)
    {
        if (value is ReadOnlyMemory<char> text)
        {
            return text.ToString();
        }

        var annotation = _isKey ? _column.Annotations.Schema.GetColumnOrNull(KeyValuesKind) : null;
        if (annotation?.Type is not VectorDataViewType { ItemType: TextDataViewType })
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        _column.Annotations.GetValue(KeyValuesKind, ref names);
        var key = Convert.ToUInt64(value, CultureInfo.InvariantCulture);
        return key <= (ulong)names.Length ? names.GetItemOrDefault((int)key - 1).ToString() : null;
    }
}
