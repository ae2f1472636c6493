using System.Reflection;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// The classes of a label column: its key type and the values behind the keys, copied so that a model does not keep the
/// training data alive.
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

    /// <summary>The label's key type, as it came.</summary>
    public KeyDataViewType Type { get; }

    public int Count => checked((int)Type.Count);

    /// <summary>The type of the values behind the keys; null for a plain key, which has none.</summary>
    public VectorDataViewType? ValuesType { get; }

    /// <summary>A <c>ValueGetter&lt;VBuffer&lt;T&gt;&gt;</c> of the values behind the keys; null for a plain key.</summary>
    public Delegate? ValuesGetter { get; }

    /// <summary>The values as text, one a class; null for a plain key.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>Reads the classes of a column of keys, or of vectors of keys.</summary>
    public static LabelKeys Of(DataViewSchema.Column label)
    {
        var type = (KeyDataViewType)(label.Type is VectorDataViewType vector ? vector.ItemType : label.Type);
        var annotation = label.Annotations.Schema.GetColumnOrNull(KeyValuesKind);
        // Like ML.NET, which takes values that are not one a key for none.
        if (annotation?.Type is not VectorDataViewType valuesType || (ulong)valuesType.Size != type.Count)
        {
            return new LabelKeys(type, null, null, null);
        }

        var copy = typeof(LabelKeys).GetMethod(nameof(Copy), BindingFlags.NonPublic | BindingFlags.Static)!;
        var (getter, names) = ((Delegate, IReadOnlyList<string>))copy
            .MakeGenericMethod(valuesType.ItemType.RawType).Invoke(null, [label.Annotations])!;
        return new LabelKeys(type, valuesType, getter, names);
    }

    /// <summary>Adds the values as an annotation of the given kind; a plain key adds nothing.</summary>
    public void AddTo(DataViewSchema.Annotations.Builder annotations, string kind)
    {
        if (ValuesType is not null)
        {
            annotations.Add(kind, ValuesType, ValuesGetter!);
        }
    }

    /// <summary>Whether another column means the same classes by the same keys.</summary>
    public bool Agrees(LabelKeys other) =>
        Count == other.Count && (Names is null || other.Names is null || Names.SequenceEqual(other.Names));

    /// <summary>The classes, for an error message.</summary>
    public override string ToString() =>
        Names is null ? $"{Count} plain keys" : $"{Count} keys ({string.Join(", ", Names.Take(5))}{(Count > 5 ? ", …" : "")})";

    private static (Delegate Getter, IReadOnlyList<string> Names) Copy<T>(DataViewSchema.Annotations annotations)
    {
        VBuffer<T> values = default;
        annotations.GetValue(KeyValuesKind, ref values);
        var copy = values.DenseValues().ToArray();
        // Text values point into the buffers of their source.
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
