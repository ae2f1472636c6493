using Google.Protobuf;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Onnx;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Tests.Cells;

namespace Rnn.MLNet.Tests.Saving;

/// <summary>A zip that is loaded with LoadRnn gives the fitted model back: its transformer, its bits and its file.</summary>
public sealed class LoadRnnTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly TemporaryFile _file = new(".zip");

    public static TheoryData<string> Cells => CellSamples.Names;

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_network_comes_back_to_the_bit(string cell)
    {
        var data = SyntheticSequences.Keyed(_context, 40);
        foreach (var (bidirectional, layers, readOut) in new[]
        {
            (false, 1, ReadOut.FinalState), (true, 2, ReadOut.MeanPool), (true, 3, ReadOut.LastOutput),
        })
        {
            using var model = SyntheticSequences.Fit(
                SyntheticSequences.Options with { Cell = CellSamples.All[cell], Bidirectional = bidirectional, Layers = layers, ReadOut = readOut, MaxSteps = 2 }, rows: 24);

            using var loaded = Reloaded(model, data.Schema);

            Assert.Equal(model.Transform(data).Scores(), loaded.Transform(data).Scores());
            Assert.Equal(Exported(model), Exported(loaded));
        }
    }

    [Theory]
    [InlineData(InputScaling.None, MissingValues.Zero)]
    [InlineData(InputScaling.Standardize, MissingValues.Refuse)]
    [InlineData(InputScaling.Standardize, MissingValues.ZeroAndIndicator)]
    public void So_does_what_comes_before_the_cells(InputScaling scaling, MissingValues missing)
    {
        var rows = SyntheticSequences.Rows(60).ToList();
        rows[7].Features[3] = missing == MissingValues.Refuse ? 0 : float.NaN;
        var data = SyntheticSequences.Keyed(_context, rows);
        var options = SyntheticSequences.Options with { InputScaling = scaling, MissingValues = missing, TimeSteps = 3, OutputInitializer = WeightInitializer.StandardNormal, Dropout = 0.3 };
        using var model = _context.Transforms.RnnClassifier(options).Fit(data);
        // A missing value where none was accepted gives NaN in both.
        rows[9].Features[3] = float.NaN;
        data = SyntheticSequences.Keyed(_context, rows);

        using var loaded = Reloaded(model, data.Schema);

        Assert.Equal(model.Transform(data).Scores(), loaded.Transform(data).Scores());
        Assert.Equal(Exported(model), Exported(loaded));
    }

    [Theory]
    [InlineData("Score", "PredictedLabel", 3)]
    [InlineData("Probabilities", "Guess", 3)]
    [InlineData("Score", "PredictedLabel", 200)]
    public void Saved_again_it_is_the_same_file(string score, string predictedLabel, int classes)
    {
        var rows = SyntheticSequences.Relabelled(24, i => $"class {i}");
        var data = _context.Transforms.Conversion.MapValueToKey("Label", keyData: Classes(classes)).Fit(_context.Data.LoadFromEnumerable(rows)).Transform(_context.Data.LoadFromEnumerable(rows));
        using var model = _context.Transforms
            .RnnClassifier(SyntheticSequences.Options with { TimeSteps = 6, ScoreColumnName = score, PredictedLabelColumnName = predictedLabel })
            .Fit(data);
        using var loaded = Reloaded(model, data.Schema);
        var network = ZipNetwork.Read(_file.Path);

        _context.Model.Save(loaded, data.Schema, _file.Path);

        Assert.Equal(network, ZipNetwork.Read(_file.Path));
        Assert.Equal(model.Transform(data).Schema.Select(Describe), loaded.Transform(data).Schema.Select(Describe));
        Assert.Equal(model.Transform(data).Keys(predictedLabel), loaded.Transform(data).Keys(predictedLabel));
    }

    [Fact]
    public void It_is_found_wherever_it_stands_in_a_chain()
    {
        var text = SyntheticSequences.Text(_context, 40);
        var inner = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.RnnClassifier(SyntheticSequences.Options with { TimeSteps = 6, ScoreColumnName = "First", PredictedLabelColumnName = "FirstLabel" }))
            .Append(_context.Transforms.CopyColumns("Again", "First"))
            .Fit(text);
        var outer = inner.Append(_context.Transforms.RnnClassifier(SyntheticSequences.Options with { TimeSteps = 2, Cell = new GruCell(5) }).Fit(inner.Transform(text)))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Colour", "PredictedLabel").Fit(
                _context.Transforms.RnnClassifier(SyntheticSequences.Options with { TimeSteps = 2, MaxSteps = 1 }).Fit(inner.Transform(text)).Transform(inner.Transform(text))));
        _context.Model.Save(outer, text.Schema, _file.Path);

        using var loaded = _context.Model.LoadRnn(_file.Path, out var schema);

        Assert.Equal(text.Schema.Select(Describe), schema.Select(Describe));
        Assert.Equal(
            [nameof(ValueToKeyMappingTransformer), nameof(RnnClassifierTransformer), nameof(ColumnCopyingTransformer), nameof(RnnClassifierTransformer), nameof(KeyToValueMappingTransformer)],
            loaded.Select(step => step.GetType().Name));
        foreach (var column in new[] { "First", "Again", "Score" })
        {
            Assert.Equal(outer.Transform(text).Scores(column), loaded.Transform(text).Scores(column));
        }

        Assert.Equal(outer.Transform(text).GetColumn<string>("Colour"), loaded.Transform(text).GetColumn<string>("Colour"));
    }

    [Fact]
    public void It_is_used_like_the_fitted_one()
    {
        var text = SyntheticSequences.Text(_context, 60);
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label").Append(_context.Transforms.RnnClassifier(SyntheticSequences.Options with { TimeSteps = 6 }));
        var fitted = pipeline.Fit(text);
        _context.Model.Save(fitted, text.Schema, _file.Path);
        var loaded = new MLContext().Model.LoadRnn(_file.Path, out _);

        var row = SyntheticSequences.Rows(1, seed: 3).Single();
        using (var one = _context.Model.CreatePredictionEngine<Sequence<string>, Scored>(fitted))
        using (var other = _context.Model.CreatePredictionEngine<Sequence<string>, Scored>(loaded))
        {
            Assert.Equal(one.Predict(row).Score, other.Predict(row).Score);
        }

        // The engine disposed of the model.
        var network = loaded.OfType<RnnClassifierTransformer>().Single();
        Assert.Throws<ObjectDisposedException>(() => network.Transform(loaded.First().Transform(text)));
        Assert.Empty(network.History.Epochs);
    }

    [Fact]
    public void Double_features_of_several_dimensions_keep_their_type()
    {
        var data = _context.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Double).Fit(SyntheticSequences.Keyed(_context, 30))
            .Transform(SyntheticSequences.Keyed(_context, SyntheticSequences.Rows(30), 3, 2, 2));
        using var model = _context.Transforms.RnnClassifier(SyntheticSequences.Options).Fit(data);
        using var loaded = Reloaded(model, data.Schema);

        Assert.Equal(model.Transform(data).Scores(), loaded.Transform(data).Scores());
        var transposed = SyntheticSequences.Keyed(_context, SyntheticSequences.Rows(2), 2, 3, 2);
        Assert.Equal(Assert.Throws<ArgumentException>(() => model.Transform(transposed).Schema).Message, Assert.Throws<ArgumentException>(() => loaded.Transform(transposed).Schema).Message);
    }

    [Theory]
    [InlineData("layer0/kernel")]
    [InlineData("head/bias_")]
    public void A_feature_column_may_be_called_as_the_weights_are(string feature)
    {
        var data = _context.Transforms.CopyColumns(feature, "Features").Fit(SyntheticSequences.Keyed(_context, 30)).Transform(SyntheticSequences.Keyed(_context, 30));
        using var model = _context.Transforms.RnnClassifier(SyntheticSequences.Options with { FeatureColumnName = feature, TimeSteps = 6 }).Fit(data);
        using var loaded = Reloaded(model, data.Schema);

        Assert.Equal(model.Transform(data).Scores(), loaded.Transform(data).Scores());
    }

    [Fact]
    public void A_model_without_a_network_loads_as_it_does_otherwise()
    {
        var data = SyntheticSequences.Keyed(_context, 30);
        var model = _context.MulticlassClassification.Trainers.NaiveBayes().Fit(data);
        _context.Model.Save(model, data.Schema, _file.Path);

        using var loaded = _context.Model.LoadRnn(_file.Path, out _);

        Assert.Equal(_context.Model.Load(_file.Path, out _).Transform(data).Scores(), loaded.Transform(data).Scores());
        Assert.IsNotType<RnnClassifierTransformer>(Assert.Single(loaded));
    }

    [Fact]
    public void An_onnx_model_of_others_stays_as_it_is()
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
        using var onnx = new TemporaryFile(".onnx");
        model.ExportOnnx(onnx.Path);
        var data = _context.Transforms.CopyColumns("features", "Features").Fit(SyntheticSequences.Keyed(_context, 9)).Transform(SyntheticSequences.Keyed(_context, 9));
        var other = _context.Transforms.ApplyOnnxModel(["probabilities"], ["features"], onnx.Path)
            .Append(_context.Transforms.CopyColumns("Copy", "probabilities")).Fit(data);
        var both = other.Append(model).Append(_context.Transforms.DropColumns("probabilities").Fit(model.Transform(other.Transform(data))));
        _context.Model.Save(both, data.Schema, _file.Path);

        using var loaded = _context.Model.LoadRnn(_file.Path, out _);

        Assert.Equal(
            [nameof(OnnxTransformer), nameof(ColumnCopyingTransformer), nameof(RnnClassifierTransformer), nameof(ColumnSelectingTransformer)],
            loaded.Select(step => step.GetType().Name));
        Assert.Equal(both.Transform(data).Scores("Copy"), loaded.Transform(data).Scores("Copy"));
        Assert.Equal(both.Transform(data).Scores(), loaded.Transform(data).Scores());
    }

    [Fact]
    public void A_damaged_network_is_refused_with_the_name_of_the_file()
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
        _context.Model.Save(model, SyntheticSequences.Keyed(_context, 1).Schema, _file.Path);
        var network = ZipNetwork.Read(_file.Path);
        network[network.AsSpan().IndexOf("FinalState"u8)] ^= 1;
        ZipNetwork.Write(_file.Path, network);

        var message = Assert.Throws<InvalidDataException>(() => _context.Model.LoadRnn(_file.Path, out _)).Message;

        Assert.Equal($"The model file '{_file.Path}' cannot be loaded. The network in the model file is damaged: it does not match its checksum.", message);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Half_a_file_and_no_model_at_all_are_refused_with_the_name_of_the_file(double share)
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
        _context.Model.Save(model, SyntheticSequences.Keyed(_context, 1).Schema, _file.Path);
        var content = share == 1 ? "This was a model once."u8.ToArray() : File.ReadAllBytes(_file.Path);
        File.WriteAllBytes(_file.Path, content[..(int)(content.Length * share)]);

        var message = Assert.Throws<InvalidDataException>(() => _context.Model.LoadRnn(_file.Path, out _)).Message;

        Assert.Equal($"The model file '{_file.Path}' cannot be loaded. It is not a zip, or not a whole one.", message);
    }

    [Theory]
    [InlineData("\"Format\":1", "\"Format\":2")]
    [InlineData("\"Kind\":\"classifier\"", "\"Kind\":\"regressor\"")]
    [InlineData("\"Cell\":\"BasicLstmCell\"", "\"Cell\":\"TransformerCell\"")]
    [InlineData("\"ForgetBias\":1", "\"ForgetBias\":1,\"Attention\":true")]
    [InlineData("\"Layers\":1", "\"Layers\":1,\"Attention\":true")]
    [InlineData("\"ReadOut\":\"FinalState\"", "\"ReadOut\":\"Attention\"")]
    public void A_network_of_a_newer_version_scores_with_onnx_runtime_and_the_log_says_so(string written, string newer)
    {
        var data = SyntheticSequences.Keyed(_context, 20);
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
        SaveDescribed(model, data.Schema, written, newer);
        var warnings = new List<string>();
        _context.Log += (_, message) => { if (message.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning) { warnings.Add(message.Message); } };

        using var loaded = _context.Model.LoadRnn(_file.Path, out _);

        Assert.Contains("newer version of Rnn.MLNet", Assert.Single(warnings));
        Assert.Empty(loaded.OfType<RnnClassifierTransformer>());
        ScoreColumns.AssertAgree(model.Transform(data).Scores(), loaded.Transform(data).Scores(), 1e-5);
    }

    [Fact]
    public void What_an_older_version_did_not_say_is_the_default()
    {
        var data = SyntheticSequences.Keyed(_context, 20);
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { Cell = new BasicRnnCell(4), MaxSteps = 1 });
        SaveDescribed(model, data.Schema, ",\"Activation\":\"Tanh\"", "");
        using var loaded = _context.Model.LoadRnn(_file.Path, out _);

        Assert.Equal(model.Transform(data).Scores(), loaded.OfType<RnnClassifierTransformer>().Single().Transform(data).Scores());
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentNullException>(() => ((ModelOperationsCatalog)null!).LoadRnn("a", out _));
        Assert.Throws<ArgumentNullException>(() => _context.Model.LoadRnn((string)null!, out _));
        Assert.Throws<ArgumentNullException>(() => _context.Model.LoadRnn((Stream)null!, out _));
        Assert.Contains("threads", Assert.Throws<ArgumentOutOfRangeException>(() => _context.Model.LoadRnn(new MemoryStream(), out _, threads: 0)).Message);
        Assert.Contains("device", Assert.Throws<ArgumentOutOfRangeException>(() => _context.Model.LoadRnn(new MemoryStream(), out _, (RnnDevice)9)).Message);
        Assert.Contains(_file.Path, Assert.Throws<FileNotFoundException>(() => _context.Model.LoadRnn(_file.Path, out _)).Message);
    }

    /// <summary>Saves a model with a change to what it says about itself.</summary>
    private void SaveDescribed(RnnClassifierTransformer model, DataViewSchema schema, string written, string changed)
    {
        _context.Model.Save(model, schema, _file.Path);
        var network = ZipNetwork.Parse(_file.Path);
        var description = network.MetadataProps.Single(property => property.Key == "rnn_mlnet");
        Assert.Contains(written, description.Value);
        description.Value = description.Value.Replace(written, changed);
        network.MetadataProps.Remove(network.MetadataProps.Single(property => property.Key == "sha256"));
        ZipNetwork.Write(_file.Path, FileChecksum.Append(network.ToByteArray()));
    }

    private RnnClassifierTransformer Reloaded(RnnClassifierTransformer model, DataViewSchema schema)
    {
        _context.Model.Save(model, schema, _file.Path);
        return new MLContext().Model.LoadRnn(_file.Path, out _).OfType<RnnClassifierTransformer>().Single();
    }

    private IDataView Classes(int count) =>
        _context.Transforms.SelectColumns("Label").Fit(_context.Data.LoadFromEnumerable(new List<Sequence<string>>()))
            .Transform(_context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Sequence<string> { Features = new float[SyntheticSequences.Length], Label = $"class {i}" }).ToList()));

    private static byte[] Exported(RnnClassifierTransformer model)
    {
        using var file = new TemporaryFile(".onnx");
        model.ExportOnnx(file.Path);
        return File.ReadAllBytes(file.Path);
    }

    private static string Describe(DataViewSchema.Column column) =>
        $"{column.Name}: {column.Type}, {string.Join(", ", column.Annotations.Schema.Select(annotation => annotation.Name).Order())}";

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
