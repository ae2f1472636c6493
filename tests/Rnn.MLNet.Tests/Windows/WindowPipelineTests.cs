namespace Rnn.MLNet.Tests.Windows;

/// <summary>Windows go where any data of ML.NET's goes, and first of all into a network.</summary>
public sealed class WindowPipelineTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void A_classifier_learns_from_windows_without_being_told_the_number_of_steps()
    {
        // A fault has been there since the value jumped.
        var random = new Random(1);
        var rows = Enumerable.Range(0, 400).Select(place => new LogRow
        {
            Machine = $"{place % 4}",
            Time = place,
            Value = place / 40 % 2 + 0.1f * random.NextSingle(),
            Other = random.NextSingle(),
            Fault = place / 40 % 2 == 1,
        }).ToList();
        var windows = _context.Data.CreateSequences(
            LogRow.View(_context, rows),
            new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value", "Other"], Length = 5, Label = SequenceLabel.Last("Fault") });
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.RnnClassifier(new RnnClassifierOptions { Cell = new BasicRnnCell(4), Epochs = 20, LearningRate = 0.02, Seed = 1, Device = RnnDevice.Cpu }));

        var model = pipeline.Fit(windows);

        Assert.Equal(1, _context.MulticlassClassification.Evaluate(model.Transform(windows)).MicroAccuracy);
        using var file = new MemoryStream();
        _context.Model.Save(model, windows.Schema, file);
        var loaded = new MLContext().Model.Load(file, out var schema);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 5, 2), schema["Features"].Type);
        Assert.Equal(384, loaded.Transform(windows).GetColumn<float[]>("Score").Count());
        model.OfType<RnnClassifierTransformer>().Single().Dispose();
    }

    [Fact]
    public void A_file_holds_the_same_windows()
    {
        var windows = _context.Data.CreateSequences(
            LogRow.View(_context, LogRow.Parse("A1 B1 A2 B2 A3 B3")),
            new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value", "Other"], Length = 2, Label = SequenceLabel.MostFrequent("State") });
        using var file = new TemporaryFile(".idv");
        using (var stream = File.Create(file.Path))
        {
            _context.Data.SaveAsBinary(windows, stream);
        }

        var loaded = _context.Data.LoadFromBinary(file.Path);

        Assert.Equal(windows.Schema["Features"].Type, loaded.Schema["Features"].Type);
        Assert.Equal(WindowText.Of(windows), WindowText.Of(loaded));
    }

    [Fact]
    public void Windows_can_be_cached_filtered_shuffled_and_made_objects_of()
    {
        var windows = _context.Data.CreateSequences(
            LogRow.View(_context, LogRow.Parse("A1 A2 A3 A4 A5")), new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value"], Length = 2 });
        var expected = WindowText.Of(windows);

        Assert.Equal(expected, WindowText.Of(_context.Data.Cache(windows)));
        Assert.Equal(expected[1..3], WindowText.Of(_context.Data.TakeRows(_context.Data.SkipRows(windows, 1), 2)));
        Assert.Equal(expected[2..], WindowText.Of(_context.Data.FilterRowsByColumn(_context.Transforms.Conversion.ConvertType("Time", outputKind: DataKind.Single).Fit(windows).Transform(windows), "Time", 4)));
        Assert.Equal(expected.Order(), WindowText.Of(_context.Data.ShuffleRows(windows, seed: 1)).Order());
        Assert.Equal([[1, 2], [2, 3], [3, 4], [4, 5]], _context.Data.CreateEnumerable<Window>(windows, reuseRowObject: false).Select(window => window.Features));
    }

    [Fact]
    public void Windows_can_be_made_of_rows_that_are_transformed()
    {
        var rows = LogRow.View(_context, LogRow.Parse("A1 A2 B1 B2"));
        rows = _context.Transforms.Categorical.OneHotEncoding("State", "Machine").Fit(rows).Transform(rows);

        Assert.Equal(
            ["A: 1 1 0 2 1 0", "B: 1 0 1 2 0 1"],
            WindowText.Of(_context.Data.CreateSequences(rows, new() { GroupBy = "Machine", Features = ["Value", "State"], Length = 2 })));
    }

    [Fact]
    public void Times_that_are_texts_can_be_converted_and_empty_cells_are_missing()
    {
        using var file = new TemporaryFile(".csv");
        File.WriteAllLines(file.Path, ["A,2026-03-01 00:00:00,1", "A,2026-03-01 00:01:00,2", "A,,3"]);
        IDataView Load(DataKind time) => _context.Data.LoadFromTextFile(
            file.Path, [new("Machine", DataKind.String, 0), new("Time", time, 1), new("Value", DataKind.Single, 2)], separatorChar: ',');
        var options = new SequenceOptions { GroupBy = "Machine", OrderBy = "Time", Features = ["Value"], Length = 2 };

        var texts = _context.Data.TakeRows(Load(DataKind.String), 2);
        var converted = _context.Transforms.Conversion.ConvertType("Time", outputKind: DataKind.DateTime).Fit(texts).Transform(texts);

        Assert.Equal(["A@03/01/2026 00:01:00: 1 2"], WindowText.Of(_context.Data.CreateSequences(converted, options)));
        Assert.StartsWith(
            "The time column 'Time' must not be missing; row 2 (counted from 0; group 'A') holds 0001-01-01 00:00:00.",
            Assert.Throws<InvalidOperationException>(() => WindowText.Of(_context.Data.CreateSequences(Load(DataKind.DateTime), options))).Message);
    }

    private sealed class Window
    {
        [VectorType(2, 1)]
        public float[] Features { get; set; } = [];
    }
}
