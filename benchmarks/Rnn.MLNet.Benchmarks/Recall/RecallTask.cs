namespace Rnn.MLNet.Benchmarks.Recall;

/// <summary>
/// A task whose answer lies at the beginning of a sequence of symbols, so that a network has to remember it to the end. The symbols are one-hot.
/// </summary>
/// <param name="Name">The name in the literature.</param>
/// <param name="Symbols">The number of symbols.</param>
/// <param name="Classes">The number of answers.</param>
/// <param name="Draw">Draws the symbols of a sequence of the given length and its class.</param>
internal sealed record RecallTask(string Name, int Symbols, int Classes, Func<Random, int, (int[] Symbols, int Class)> Draw)
{
    private const int Letters = 4;
    private const int Copied = 3;

    /// <summary>
    /// Three of four letters, then blanks, then a signal (Hochreiter and Schmidhuber, 1997; Arjovsky et al., 2016). There the network writes the letters
    /// again; as a classifier it names the string, one of 64.
    /// </summary>
    public static readonly RecallTask CopyMemory = new("copy memory", Letters + 2, Letters * Letters * Letters, static (random, length) =>
    {
        const int Blank = Letters, Signal = Letters + 1;
        var symbols = Enumerable.Repeat(Blank, length).ToArray();
        var answer = 0;
        for (var i = 0; i < Copied; i++)
        {
            symbols[i] = random.Next(Letters);
            answer = answer * Letters + symbols[i];
        }

        symbols[^1] = Signal;
        return (symbols, answer);
    });

    /// <summary>
    /// Among random letters two symbols, X or Y, one in the second tenth of the sequence and one in the sixth. The class is their order: XX, XY, YX or YY
    /// (Hochreiter and Schmidhuber, 1997, task 6a).
    /// </summary>
    public static readonly RecallTask TemporalOrder = new("temporal order", Letters + 4, 4, static (random, length) =>
    {
        const int X = Letters, Begin = Letters + 2, End = Letters + 3;
        var symbols = Enumerable.Range(0, length).Select(_ => random.Next(Letters)).ToArray();
        int first = random.Next(2), second = random.Next(2);
        symbols[random.Next(length / 10, length / 5)] = X + first;
        symbols[random.Next(length / 2, length * 3 / 5)] = X + second;
        (symbols[0], symbols[^1]) = (Begin, End);
        return (symbols, 2 * first + second);
    });

    /// <summary>Returns a view of generated sequences with the columns <c>Features</c>, <c>[length, symbols]</c>, and <c>Label</c>, a key.</summary>
    public IDataView Rows(MLContext context, int count, int length, int seed)
    {
        var random = new Random(seed);
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, length, Symbols);
        definition[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), Classes);
        return context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ => ToRow(Draw(random, length))).ToList(), definition);
    }

    private Row ToRow((int[] Symbols, int Class) drawn)
    {
        var features = new float[drawn.Symbols.Length * Symbols];
        for (var step = 0; step < drawn.Symbols.Length; step++)
        {
            features[step * Symbols + drawn.Symbols[step]] = 1;
        }

        return new Row { Features = features, Label = (uint)drawn.Class };
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
