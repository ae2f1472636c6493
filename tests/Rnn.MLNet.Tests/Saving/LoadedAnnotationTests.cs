namespace Rnn.MLNet.Tests.Saving;

/// <summary>A loaded model's new columns are annotated as those of a stock trainer's, and predict what the fitted model predicts.</summary>
public sealed class LoadedAnnotationTests : IDisposable
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { MaxSteps = 3 };

    private readonly MLContext _context = new(seed: 1);
    private readonly TemporaryFile _file = new(".zip");

    public static TheoryData<string> LabelKinds =>
        ["text", "bool", "sbyte", "short", "int", "ulong", "float", "date", "offset", "span"];

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(LabelKinds))]
    public void Annotations_are_those_of_a_loaded_stock_model_and_predictions_those_of_the_fitted_one(string labelKind)
    {
        var data = Data(labelKind);
        var fitted = Fit(data, _context.Transforms.RnnClassifier(Options));

        var (before, after) = (fitted.Transform(data), Reload(fitted, data).Transform(data));

        var stock = Reload(Fit(data, _context.MulticlassClassification.Trainers.NaiveBayes()), data);
        var (theirs, loaded) = (stock.Transform(data).Schema, after.Schema);
        Assert.Contains(loaded["Score"].Annotations(), text => text.StartsWith("TrainingLabelValues", StringComparison.Ordinal));
        Assert.Equal(theirs["Score"].Annotations(), loaded["Score"].Annotations());
        Assert.Equal(theirs["PredictedLabel"].Annotations(), loaded["PredictedLabel"].Annotations());
        Assert.Equal(theirs["PredictedLabel"].Type, loaded["PredictedLabel"].Type);
        ScoreColumns.AssertAgree(before.Scores(), after.Scores(), 1e-6);
        Assert.Equal(before.Keys(), after.Keys());
        Assert.Equal(before.Schema["PredictedLabel"].Annotations(), loaded["PredictedLabel"].Annotations());
    }

    [Theory]
    [InlineData(3, "Probabilities", "PredictedLabel")]
    [InlineData(3, "Score", "Guess")]
    [InlineData(2, "Score", "PredictedLabel")]
    [InlineData(128, "Score", "PredictedLabel")]
    [InlineData(129, "Score", "PredictedLabel")]
    public void Other_names_and_many_classes_keep_slot_names_and_key_values(int classes, string score, string predictedLabel)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 3 * classes)
            .Select(i => new Sequence<string> { Features = [.. Enumerable.Range(0, SyntheticSequences.Length).Select(_ => random.NextSingle())], Label = $"class {i % classes}" })
            .ToList();
        rows[1].Features[3] = float.NaN;
        var data = _context.Data.LoadFromEnumerable(rows);
        var options = Options with { ScoreColumnName = score, PredictedLabelColumnName = predictedLabel };
        var fitted = Fit(_context.Data.LoadFromEnumerable(rows.Where((_, i) => i != 1).ToList()), _context.Transforms.RnnClassifier(options));

        var (before, after) = (fitted.Transform(data), Reload(fitted, data).Transform(data));

        ScoreColumns.AssertAgree(before.Scores(score), after.Scores(score), 1e-6);
        Assert.Equal(before.Keys(predictedLabel), after.Keys(predictedLabel));
        Assert.Equal(0u, after.Keys(predictedLabel)[1]);
        Assert.Equal(before.SlotNames(score), after.SlotNames(score));
        Assert.Equal(KeyValues(before.Schema[predictedLabel]), KeyValues(after.Schema[predictedLabel]));
    }

    [Fact]
    public void A_plain_key_has_no_values_and_needs_none()
    {
        var definition = SchemaDefinition.Create(typeof(Sequence<uint>));
        definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), 5);
        var data = _context.Data.LoadFromEnumerable(SyntheticSequences.Relabelled(30, i => (uint)i), definition);
        using var fitted = _context.Transforms.RnnClassifier(Options).Fit(data);

        var (before, after) = (fitted.Transform(data), Reload(fitted, data).Transform(data));

        Assert.Equal(before.Schema["Score"].Annotations(), after.Schema["Score"].Annotations());
        Assert.Equal(before.Schema["PredictedLabel"].Annotations(), after.Schema["PredictedLabel"].Annotations());
        Assert.Equal(before.Keys(), after.Keys());
    }

    [Fact]
    public void Names_may_be_any_text()
    {
        string[] names = ["", "a \"quoted\" name", "line\nbreak\0", "Grüße 你好 🙂", "same", new string('x', 40_000), "a;b,c\t", "\u202eright to left", "Score", "\\u0041"];
        var rows = Enumerable.Range(0, 3 * names.Length).Select(i => new Sequence<string> { Features = SyntheticSequences.Rows(1, i).Single().Features, Label = names[i % names.Length] }).ToList();
        var keys = new DataViewSchema.Annotations.Builder();
        keys.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, names.Length), (ref VBuffer<ReadOnlyMemory<char>> values) => values = new(names.Length, [.. names.Select(name => name.AsMemory())]));
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, SyntheticSequences.TimeSteps, SyntheticSequences.Values));
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), names.Length), keys.ToAnnotations());
        var data = _context.Data.LoadFromEnumerable(rows.Select((row, i) => new Sequence<uint> { Features = row.Features, Label = (uint)(i % names.Length) }).ToList(), schema.ToSchema());
        foreach (var score in new[] { "Score", "A \"score\" of\n🙂.output" })
        {
            using var fitted = _context.Transforms.RnnClassifier(Options with { ScoreColumnName = score }).Fit(data);
            using var onnx = new TemporaryFile(".onnx");
            fitted.ExportOnnx(onnx.Path);

            var (before, after) = (fitted.Transform(data), Reload(fitted, data).Transform(data));

            Assert.Equal(names, after.SlotNames(score));
            Assert.Equal(KeyValues(before.Schema["PredictedLabel"]), KeyValues(after.Schema["PredictedLabel"]));
            using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(onnx.Path);
            Assert.Equal(names, System.Text.Json.JsonSerializer.Deserialize<string[]>(session.ModelMetadata.CustomMetadataMap["classes"]));
        }
    }

    private static string KeyValues(DataViewSchema.Column column) =>
        column.Annotations().Single(text => text.StartsWith("KeyValues", StringComparison.Ordinal));

    private IDataView Data(string labelKind)
    {
        return labelKind switch
        {
            "text" => SyntheticSequences.Text(_context, 30),
            "bool" => Of(i => i == 1),
            "sbyte" => Of(i => (sbyte)((10 * i) - 7)),
            "short" => Of(i => (short)((1000 * i) - 700)),
            "int" => Of(i => (10 * i) - 7),
            "ulong" => Of(i => 9_000_000_000_000_000_000ul * (ulong)i),
            "float" => Of(i => (1.1f * i) - 0.3f),
            "date" => Of(i => new DateTime(2000 + i, 2, 3, 4, 5, 6, DateTimeKind.Utc)),
            "offset" => Of(i => new DateTimeOffset(2000 + i, 2, 3, 4, 5, 6, TimeSpan.FromHours(i))),
            _ => Of(i => TimeSpan.FromMinutes(i - 1)),
        };

        IDataView Of<T>(Func<int, T> label) => _context.Data.LoadFromEnumerable(SyntheticSequences.Relabelled(30, label));
    }

    private ITransformer Fit(IDataView data, IEstimator<ITransformer> trainer) =>
        _context.Transforms.Conversion.MapValueToKey("Label").Append(trainer).Fit(data);

    private ITransformer Reload(ITransformer model, IDataView data)
    {
        _context.Model.Save(model, data.Schema, _file.Path);
        return new MLContext().Model.Load(_file.Path, out _);
    }
}
