using Microsoft.ML.Transforms;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// Converts the code of a class, a vector of one Single, to the label's key with two of ML.NET's own transformers. The first hashes the
/// code: except for the predictors, whose column names are fixed, hashing is the only transformer that converts a vector to a scalar. The
/// second looks up the key, with its annotations, by the hash. A code of NaN hashes to the missing key, which the lookup does not contain.
/// </summary>
internal sealed class ClassKeyLookup
{
    private const int Bits = 31;
    private const string HashColumn = nameof(Entry.Hash);
    private const string KeyColumn = nameof(Entry.Key);

    private readonly MLContext _context;
    private readonly string _codeColumn;
    private readonly ITransformer _hashing;
    private readonly uint[] _hashes;

    /// <param name="context">The context to create the transformers with.</param>
    /// <param name="codeColumn">The name of the column with the code. The column with the hash has the same name and hides it.</param>
    /// <param name="classes">The number of classes.</param>
    public ClassKeyLookup(MLContext context, string codeColumn, int classes)
    {
        _context = context;
        _codeColumn = codeColumn;
        _hashing = context.Transforms.Conversion
            .Hash(new HashingEstimator.ColumnOptions(codeColumn, codeColumn, Bits, useOrderedHashing: false, combine: true)).Fit(View([]));

        // The codes are the first whole numbers whose hashes differ. Single represents many more of them than there are classes.
        var taken = new HashSet<uint> { 0 };
        var numbers = Enumerable.Range(0, 1 << 24).Select(i => (float)i);
        var apart = numbers.Zip(Hashed(View(numbers)).GetColumn<uint>(codeColumn)).Where(pair => taken.Add(pair.Second)).Take(classes).ToList();
        Codes = [.. apart.Select(pair => pair.First)];
        _hashes = [.. apart.Select(pair => pair.Second)];
    }

    /// <summary>The code of each class.</summary>
    public float[] Codes { get; }

    /// <summary>Creates the two transformers and verifies them for every class.</summary>
    /// <param name="predictedLabelColumn">The name of the column for the key.</param>
    /// <param name="labels">The classes.</param>
    /// <exception cref="InvalidOperationException">The transformers do not map every class to its key.</exception>
    public IReadOnlyList<ITransformer> Transformers(string predictedLabelColumn, LabelKeys labels)
    {
        var codes = Hashed(View([.. Codes, float.NaN]));
        var entries = Lookup(_context, _hashes, labels);
        var mapping = _context.Transforms.Conversion
            .MapValue(predictedLabelColumn, entries, entries.Schema[HashColumn], entries.Schema[KeyColumn], _codeColumn)
            .Fit(codes);
        Verify(mapping.Transform(codes), predictedLabelColumn, labels.Count);
        return [_hashing, mapping];
    }

    private IDataView Hashed(IDataView codes) => _hashing.Transform(codes);

    private IDataView View(IEnumerable<float> codes)
    {
        var definition = SchemaDefinition.Create(typeof(Code));
        definition[0].ColumnName = _codeColumn;
        return _context.Data.LoadFromEnumerable(codes.Select(code => new Code { Value = [code] }), definition);
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
        // LoadFromEnumerable counts keys from 0, whereas columns count them from 1.
        return context.Data.LoadFromEnumerable(
            hashes.Select((hash, i) => new Entry { Hash = hash - 1, Key = (uint)i }).ToList(), schema.ToSchema());

        void AddText(string kind, string text) =>
            annotations.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
    }

    /// <summary>Verifies the lookup at run time, since a mistake would make the saved model predict wrong classes without any error.</summary>
    private static void Verify(IDataView keys, string predictedLabelColumn, int classes)
    {
        var expected = Enumerable.Range(1, classes).Select(i => (uint)i).Append(0u);
        if (!keys.GetColumn<uint>(keys.Schema[predictedLabelColumn]).SequenceEqual(expected))
        {
            throw new InvalidOperationException(
                $"A model of {classes} classes cannot be saved: ML.NET's own transformers did not map every class to its key.");
        }
    }

    private sealed class Code
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
