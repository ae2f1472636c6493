using System.Numerics;
using System.Numerics.Tensors;

namespace Rnn.MLNet.Windows;

/// <summary>Reads the features of a time step: the values of several columns, one after the other.</summary>
internal sealed class StepReader
{
    private readonly RowPlace _place;
    private readonly IReadOnlyList<INumberReader> _columns;
    private readonly float[] _values;
    private readonly bool _acceptsMissing;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="columns">The columns of the features.</param>
    /// <param name="place">Names rows in error messages.</param>
    /// <param name="acceptsMissing">Whether features may be missing (NaN).</param>
    public StepReader(DataViewRow row, IEnumerable<DataViewSchema.Column> columns, RowPlace place, bool acceptsMissing)
    {
        _place = place;
        _columns = [.. columns.Select(column => Open(row, column))];
        _values = new float[_columns.Sum(column => column.Size)];
        _acceptsMissing = acceptsMissing;
    }

    /// <summary>The features of the last row read.</summary>
    public Span<float> Values => _values;

    /// <summary>Reads the features of the current row.</summary>
    /// <param name="group">The group of the row, for error messages.</param>
    /// <exception cref="InvalidOperationException">A value is infinite, or missing although that is not accepted.</exception>
    public void Read(int group)
    {
        var place = 0;
        foreach (var column in _columns)
        {
            column.Read(_values.AsSpan(place, column.Size));
            place += column.Size;
        }

        if (!TensorPrimitives.IsFiniteAll<float>(_values))
        {
            Check(group);
        }
    }

    private void Check(int group)
    {
        var start = 0;
        foreach (var column in _columns)
        {
            for (var place = 0; place < column.Size; place++)
            {
                var value = _values[start + place];
                if (float.IsInfinity(value) || (float.IsNaN(value) && !_acceptsMissing))
                {
                    throw new InvalidOperationException(Refusal(column, place, value, group));
                }
            }

            start += column.Size;
        }
    }

    private string Refusal(INumberReader column, int place, float value, int group)
    {
        var original = column.Original(place);
        var held = float.IsNaN(value) ? "NaN, a missing value"
            : original.EndsWith("Infinity", StringComparison.Ordinal) ? original
            : $"{original}, which is beyond the range of Single";
        var at = column.Size > 1 ? $" in place {place}" : "";
        var advice = float.IsNaN(value)
            ? "Set MissingFeatures to Split, CarryForward or Keep, or replace or filter such rows, for instance with mlContext.Transforms.ReplaceMissingValues."
            : "Replace or filter such rows.";
        return $"The feature column '{column.Column.Name}' must hold finite values; {_place.Of(group)} holds {held}{at}. {advice}";
    }

    private static INumberReader Open(DataViewRow row, DataViewSchema.Column column)
    {
        var item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        return item is BooleanDataViewType
            ? NumberReader<bool>.Open(row, column, (values, destination) =>
            {
                for (var place = 0; place < values.Length; place++)
                {
                    destination[place] = values[place] ? 1 : 0;
                }
            })
            : TypedCall.Invoke<INumberReader>(typeof(StepReader), nameof(OpenNumbers), item.RawType, row, column);
    }

    private static INumberReader OpenNumbers<T>(DataViewRow row, DataViewSchema.Column column)
        where T : INumberBase<T> => NumberReader<T>.Open(row, column, TensorPrimitives.ConvertTruncating);
}
