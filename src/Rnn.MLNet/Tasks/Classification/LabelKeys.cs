using System.Reflection;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// The classes of a label column: its key type and its key values. The values are copied, so a model does not keep the training data alive.
/// </summary>
internal sealed class LabelKeys
{
    private const string KeyValuesKind = "KeyValues";

    private LabelKeys(KeyDataViewType type, VectorDataViewType? valuesType, Delegate? valuesGetter, IReadOnlyList<string>? names)
    {
        Type = type;
        ValuesType = valuesType;
        ValuesGetter = valuesGetter;
        Names = names;
    }

    /// <summary>The key type of the label column.</summary>
    public KeyDataViewType Type { get; }

    /// <summary>The number of classes.</summary>
    public int Count => checked((int)Type.Count);

    /// <summary>The type of the key values; null if the column has none.</summary>
    public VectorDataViewType? ValuesType { get; }

    /// <summary>A <c>ValueGetter&lt;VBuffer&lt;T&gt;&gt;</c> of the key values; null if the column has none.</summary>
    public Delegate? ValuesGetter { get; }

    /// <summary>The key values as text, one for each class; null if the column has none.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>Reads the classes of a column of keys or of vectors of keys.</summary>
    public static LabelKeys Of(DataViewSchema.Column label)
    {
        var type = (KeyDataViewType)(label.Type is VectorDataViewType vector ? vector.ItemType : label.Type);
        var annotation = label.Annotations.Schema.GetColumnOrNull(KeyValuesKind);
        // Like ML.NET, ignores key values whose number differs from that of the keys.
        if (annotation?.Type is not VectorDataViewType valuesType || (ulong)valuesType.Size != type.Count)
        {
            return new LabelKeys(type, null, null, null);
        }

        var copy = typeof(LabelKeys).GetMethod(nameof(Copy), BindingFlags.NonPublic | BindingFlags.Static)!;
        var (getter, names) = ((Delegate, IReadOnlyList<string>))copy
            .MakeGenericMethod(valuesType.ItemType.RawType).Invoke(null, [label.Annotations])!;
        return new LabelKeys(type, valuesType, getter, names);
    }

    /// <summary>Adds the key values, if there are any, as an annotation of the given kind.</summary>
    public void AddTo(DataViewSchema.Annotations.Builder annotations, string kind)
    {
        if (ValuesType is not null)
        {
            annotations.Add(kind, ValuesType, ValuesGetter!);
        }
    }

    /// <summary>Returns whether another column assigns the same keys to the same classes.</summary>
    public bool Agrees(LabelKeys other) =>
        Count == other.Count && (Names is null || other.Names is null || Names.SequenceEqual(other.Names));

    /// <summary>Describes the classes in an error message.</summary>
    public override string ToString() =>
        Names is null ? $"{Count} plain keys" : $"{Count} keys ({string.Join(", ", Names.Take(5))}{(Count > 5 ? ", …" : "")})";

    private static (Delegate Getter, IReadOnlyList<string> Names) Copy<T>(DataViewSchema.Annotations annotations)
    {
        VBuffer<T> values = default;
        annotations.GetValue(KeyValuesKind, ref values);
        var copy = values.DenseValues().ToArray();
        // Text values refer to the buffers of their source.
        var detached = copy is ReadOnlyMemory<char>[] texts
            ? (T[])(object)texts.Select(text => text.ToString().AsMemory()).ToArray()
            : copy;
        ValueGetter<VBuffer<T>> getter = (ref VBuffer<T> destination) =>
        {
            var editor = VBufferEditor.Create(ref destination, detached.Length);
            detached.CopyTo(editor.Values);
            destination = editor.Commit();
        };
        return (getter, [.. detached.Select(value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "")]);
    }
}
