using System.Reflection;

namespace Rnn.MLNet.Scoring;

/// <summary>A column of the input that is passed through to the output. Its values are read into the batch together with the features.</summary>
internal sealed class PassedColumn
{
    private const string Image = "Microsoft.ML.Data.MLImage";

    private readonly Func<int, IColumnValues> _values;

    /// <param name="type">The column's type.</param>
    /// <param name="getter">A <c>ValueGetter</c> of that type.</param>
    public PassedColumn(DataViewType type, Delegate getter)
    {
        var raw = type.RawType;
        var (make, arguments) = raw switch
        {
            { IsGenericType: true } when raw.GetGenericTypeDefinition() == typeof(VBuffer<>) => (nameof(Vectors), raw.GetGenericArguments()),
            { FullName: Image } => (nameof(Images), [raw, raw.GetProperty("PixelFormat")!.PropertyType]),
            _ => (nameof(Scalars), new[] { raw }),
        };
        _values = (Func<int, IColumnValues>)typeof(PassedColumn).GetMethod(make, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(arguments).Invoke(null, [getter])!;
    }

    /// <summary>Returns the getter of a column whose type is known only at run time.</summary>
    public static Delegate Getter(DataViewRow row, DataViewSchema.Column column) =>
        (Delegate)typeof(DataViewRow).GetMethod(nameof(DataViewRow.GetGetter))!.MakeGenericMethod(column.Type.RawType)
            .Invoke(row, BindingFlags.DoNotWrapExceptions, null, [column], null)!;

    /// <summary>Creates the storage for the column's values in a batch of at most <paramref name="capacity"/> rows.</summary>
    public IColumnValues Values(int capacity) => _values(capacity);

    private static Func<int, IColumnValues> Scalars<T>(ValueGetter<T> getter) => capacity => new ScalarValues<T>(getter, capacity);

    private static Func<int, IColumnValues> Vectors<T>(ValueGetter<VBuffer<T>> getter) => capacity => new VectorValues<T>(getter, capacity);

    private static Func<int, IColumnValues> Images<TImage, TFormat>(ValueGetter<TImage> getter)
        where TImage : class, IDisposable => capacity => new ImageValues<TImage, TFormat>(getter, capacity);
}
