using Rnn.MLNet.Tests.EstimatorContract;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>A column that cannot be trained on is refused before a row is read, and the error says how to make one of it that can.</summary>
public sealed class ColumnRefusalTests
{
    private static readonly DataViewType Key = new KeyDataViewType(typeof(uint), 3);
    private static readonly DataViewType Sequence = new VectorDataViewType(NumberDataViewType.Single, 6, 2);

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string, string> Features => new()
    {
        { "bytes", "ConvertType(\"Features\", outputKind: DataKind.Single)" },
        { "integers", "ConvertType(\"Features\", outputKind: DataKind.Single)" },
        { "booleans", "ConvertType(\"Features\", outputKind: DataKind.Single)" },
        { "image", "ImageToSequence(\"Features\", \"Features\") of the package Rnn.MLNet.Images" },
        { "text", "Convert the text to a sequence of numbers" },
        { "texts", "Convert the text to a sequence of numbers" },
        { "tokens", "MapKeyToVector(\"Features\", outputCountVector: false)" },
        { "some tokens", "pad or truncate the rows" },
        { "some numbers", "[VectorType(steps, features)]" },
        { "some integers", "[VectorType(steps, features)]" },
        { "number", "mlContext.Transforms.Concatenate" },
        { "integer", "mlContext.Transforms.Concatenate" },
    };

    public static TheoryData<string, string> Labels => new()
    {
        { "text", "MapValueToKey(\"Label\")" },
        { "number", "MapValueToKey(\"Label\")" },
        { "boolean", "MapValueToKey(\"Label\")" },
        { "tokens", "A row has one class" },
        { "some numbers", "A row has one class" },
    };

    public static TheoryData<string, string> Weights => new()
    {
        { "double", "ConvertType(\"Weight\", outputKind: DataKind.Single)" },
        { "integer", "ConvertType(\"Weight\", outputKind: DataKind.Single)" },
        { "booleans", "A row has one weight" },
        { "text", "it is String." },
    };

    [Theory]
    [MemberData(nameof(Features))]
    public void Features_of_another_type(string type, string advice)
    {
        var message = Refused(EmptyView.Of(("Label", Key), ("Features", Type(type))));

        Assert.StartsWith($"The feature column 'Features' must be a vector of Single or Double of known size; it is {Type(type)}.", message);
        Assert.Contains(advice, message);
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void Labels_of_another_type(string type, string advice)
    {
        var message = Refused(EmptyView.Of(("Label", Type(type)), ("Features", Sequence)));

        Assert.StartsWith($"The label column 'Label' must be a key; it is {Type(type)}.", message);
        Assert.Contains(advice, message);
    }

    [Theory]
    [MemberData(nameof(Weights))]
    public void Weights_of_another_type(string type, string advice)
    {
        var message = Refused(EmptyView.Of(("Label", Key), ("Features", Sequence), ("Weight", Type(type))), "Weight");

        Assert.StartsWith($"The example weight column 'Weight' must be a Single; it is {Type(type)}.", message);
        Assert.Contains(advice, message);
    }

    [Theory]
    [InlineData(1_000_001)]
    [InlineData(10_000_000)]
    [InlineData(int.MaxValue)]
    [InlineData(uint.MaxValue)]
    [InlineData(ulong.MaxValue)]
    public void More_classes_than_a_model_can_have(ulong classes)
    {
        var raw = classes > uint.MaxValue ? typeof(ulong) : typeof(uint);

        var error = Assert.Throws<ArgumentException>(() => Fit(EmptyView.Of(("Label", new KeyDataViewType(raw, classes)), ("Features", Sequence))));

        Assert.Contains($"The label column 'Label' must have at most 1000000 classes; its key type has {classes}.", error.Message);
        Assert.Contains("MapValueToKey(\"Label\")", error.Message);
    }

    [Fact]
    public void A_TextLoader_column_has_one_dimension_and_the_error_names_timeSteps()
    {
        using var file = new TemporaryFile(".tsv");
        File.WriteAllLines(file.Path, ["a\t1\t2\t3\t4", "b\t4\t3\t2\t1"]);
        var text = _context.Data.LoadFromTextFile(file.Path, [new TextLoader.Column("Label", DataKind.String, 0), new TextLoader.Column("Features", DataKind.Single, 1, 4)]);
        var data = _context.Transforms.Conversion.MapValueToKey("Label").Fit(text).Transform(text);

        var error = Assert.Throws<ArgumentException>(() => Fit(data));

        Assert.Contains("timeSteps:", error.Message);
        Assert.Contains("TextLoader", error.Message);
    }

    [Fact]
    public void Keys_without_a_bound_train_after_what_the_error_says()
    {
        using var file = new TemporaryFile(".tsv");
        File.WriteAllLines(file.Path, Enumerable.Range(0, 12).Select(i => $"{i % 3}\t{i}\t2\t3\t4"));
        var features = new TextLoader.Column("Features", DataKind.Single, 1, 4);
        var unbounded = _context.Data.LoadFromTextFile(file.Path, [new TextLoader.Column("Label", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount()), features]);
        var text = _context.Data.LoadFromTextFile(file.Path, [new TextLoader.Column("Label", DataKind.String, 0), features]);
        var trainer = _context.Transforms.RnnClassifier(SyntheticSequences.Options with { TimeSteps = 2, MaxSteps = 1 });

        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(unbounded));
        var model = _context.Transforms.Conversion.MapValueToKey("Label").Append(trainer).Fit(text);

        Assert.Contains("at most 1000000 classes", error.Message);
        Assert.Equal(["0", "1", "2"], model.Transform(text).SlotNames());
    }

    [Fact]
    public void Tokens_train_after_what_the_error_says()
    {
        var data = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(i => new Tokens { Words = ["one", i % 2 == 0 ? "two" : "three"], Label = $"{i % 2}" }).ToList());
        var keys = _context.Transforms.Conversion.MapValueToKey("Label").Append(_context.Transforms.Conversion.MapValueToKey("Features", "Words"));
        var trainer = _context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 1 });

        var error = Assert.Throws<ArgumentException>(() => keys.Append(trainer).Fit(data));
        var model = keys.Append(_context.Transforms.Conversion.MapKeyToVector("Features", outputCountVector: false)).Append(trainer).Fit(data);

        Assert.Contains("MapKeyToVector", error.Message);
        Assert.Equal(2, model.Transform(data).Scores()[0].Length);
    }

    /// <summary>Both the announced schema and the fit refuse a column, and advise the same.</summary>
    private string Refused(EmptyView data, string? weight = null)
    {
        var options = SyntheticSequences.Options with { ExampleWeightColumnName = weight };
        var shape = SchemaShapeProbe.Of(data);
        var announced = Assert.Throws<ArgumentException>(() => _context.Transforms.RnnClassifier(options).GetOutputSchema(shape)).Message;
        var fitted = Assert.Throws<ArgumentException>(() => Fit(data, options)).Message;
        Assert.Equal(Around(fitted), Around(announced));
        return fitted;

        // Before the fit only the kind of a type is known.
        static string Around(string message) => message[..message.IndexOf(';')] + message[message.IndexOf('.', message.IndexOf(';'))..];
    }

    private RnnClassifierTransformer Fit(IDataView data, RnnClassifierOptions? options = null) =>
        _context.Transforms.RnnClassifier(options ?? SyntheticSequences.Options).Fit(data);

    private static DataViewType Type(string name) => name switch
    {
        "bytes" => new VectorDataViewType(NumberDataViewType.Byte, 28, 28),
        "integers" => new VectorDataViewType(NumberDataViewType.Int32, 12),
        "booleans" => new VectorDataViewType(BooleanDataViewType.Instance, 12),
        "image" => new ImageDataViewType(),
        "text" => TextDataViewType.Instance,
        "texts" => new VectorDataViewType(TextDataViewType.Instance, 3),
        "tokens" => new VectorDataViewType(new KeyDataViewType(typeof(uint), 9), 3),
        "some tokens" => new VectorDataViewType(new KeyDataViewType(typeof(uint), 9)),
        "some numbers" => new VectorDataViewType(NumberDataViewType.Single),
        "some integers" => new VectorDataViewType(NumberDataViewType.Int16),
        "number" => NumberDataViewType.Single,
        "double" => NumberDataViewType.Double,
        "integer" => NumberDataViewType.Int32,
        "boolean" => BooleanDataViewType.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>Called as the one of Microsoft.ML.ImageAnalytics, which is not among the packages of these tests.</summary>
    private sealed class ImageDataViewType() : StructuredDataViewType(typeof(object))
    {
        public override bool Equals(DataViewType? other) => other is ImageDataViewType;

        public override int GetHashCode() => 1;

        public override string ToString() => "Image";
    }

    private sealed class Tokens
    {
        [VectorType(2)]
        public string[] Words { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
