using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Rnn.MLNet.Sequences;

namespace Rnn.MLNet.Persistence;

/// <summary>
/// From the index of a class, a vector of one Single, to the label's key, with ML.NET's own transformers. Hashing is the
/// one of them that makes a scalar of a vector without binding to fixed column names, as every predictor does; a lookup
/// of the hashes then gives the keys and their annotations. NaN hashes to the missing key, which no lookup finds.
/// </summary>
internal static class ClassKeyLookup
{
    private const int Bits = 31;
    private const int Attempts = 32;
    private const string HashColumn = nameof(Entry.Hash);
    private const string KeyColumn = nameof(Entry.Key);

    /// <summary>Builds the two transformers and checks them on every class.</summary>
    /// <param name="context">The context to build with.</param>
    /// <param name="indexColumn">The column of the index; its hash hides it.</param>
    /// <param name="predictedLabelColumn">The column of the key.</param>
    /// <param name="labels">The classes.</param>
    /// <exception cref="NotSupportedException">There are too many classes to tell apart.</exception>
    public static IReadOnlyList<ITransformer> Create(MLContext context, string indexColumn, string predictedLabelColumn, LabelKeys labels)
    {
        var indices = Indices(context, indexColumn, labels.Count);
        var (hashing, hashes) = HashApart(context, indices, indexColumn, labels.Count);
        var entries = Lookup(context, hashes, labels);
        var mapping = context.Transforms.Conversion
            .MapValue(predictedLabelColumn, entries, entries.Schema[HashColumn], entries.Schema[KeyColumn], indexColumn)
            .Fit(hashing.Transform(indices));
        Verify(mapping.Transform(hashing.Transform(indices)), predictedLabelColumn, labels.Count);
        return [hashing, mapping];
    }

    /// <summary>One row a class, and one for no class at the end.</summary>
    private static IDataView Indices(MLContext context, string indexColumn, int classes)
    {
        var definition = SchemaDefinition.Create(typeof(Index));
        definition[0].ColumnName = indexColumn;
        return context.Data.LoadFromEnumerable(
            Enumerable.Range(0, classes).Select(i => new Index { Value = [i] }).Append(new Index { Value = [float.NaN] }), definition);
    }

    /// <summary>Hashes collide now and then, but not under every seed.</summary>
    private static (ITransformer Hashing, uint[] Hashes) HashApart(MLContext context, IDataView indices, string indexColumn, int classes)
    {
        for (var seed = 1u; seed <= Attempts; seed++)
        {
            var hashing = context.Transforms.Conversion
                .Hash(new HashingEstimator.ColumnOptions(indexColumn, indexColumn, Bits, seed, useOrderedHashing: false, combine: true))
                .Fit(indices);
            var hashed = hashing.Transform(indices);
            var hashes = hashed.GetColumn<uint>(hashed.Schema[indexColumn]).Take(classes).ToArray();
            if (new HashSet<uint>([0, .. hashes]).Count == classes + 1)
            {
                return (hashing, hashes);
            }
        }

        throw new NotSupportedException($"A model of {classes} classes cannot be saved: ML.NET's hashes do not tell that many apart.");
    }

    private static IDataView Lookup(MLContext context, uint[] hashes, LabelKeys labels)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        labels.AddTo(annotations, "KeyValues");
        AddText("ScoreColumnKind", "MulticlassClassification");
        AddText("ScoreValueKind", "PredictedLabel");
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(HashColumn, new KeyDataViewType(typeof(uint), 1UL << Bits));
        schema.AddColumn(KeyColumn, new KeyDataViewType(typeof(uint), labels.Type.Count), annotations.ToAnnotations());
        // In a view over objects keys count from 0, whereas in a column they count from 1.
        return context.Data.LoadFromEnumerable(
            hashes.Select((hash, i) => new Entry { Hash = hash - 1, Key = (uint)i }).ToList(), schema.ToSchema());

        void AddText(string kind, string text) =>
            annotations.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
    }

    /// <summary>The lookup is exact by construction; a model that predicted other classes than it should is worth the certainty.</summary>
    private static void Verify(IDataView keys, string predictedLabelColumn, int classes)
    {
        var expected = Enumerable.Range(1, classes).Select(i => (uint)i).Append(0u);
        if (!keys.GetColumn<uint>(keys.Schema[predictedLabelColumn]).SequenceEqual(expected))
        {
            throw new InvalidOperationException(
                $"A model of {classes} classes cannot be saved: ML.NET's own transformers did not give every class its key.");
        }
    }

    private sealed class Index
    {
        [VectorType(1)]
        public float[] Value { get; set; } = [];
    }

    private sealed class Entry
    {
        public uint Hash { get; set; }

        public uint Key { get; set; }
    }
}
