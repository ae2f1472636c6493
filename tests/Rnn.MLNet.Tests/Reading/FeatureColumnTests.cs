namespace Rnn.MLNet.Tests.Reading;

/// <summary>Whatever holds the same numbers trains the same network.</summary>
public sealed class FeatureColumnTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void The_first_dimension_of_the_column_is_the_time()
    {
        var rows = SyntheticSequences.Rows(48).ToList();
        var flat = SyntheticSequences.Keyed(_context, rows, SyntheticSequences.Length);
        var inTwo = SyntheticSequences.Keyed(_context, rows);

        Assert.Equal(Weights(flat, SyntheticSequences.Options with { TimeSteps = 6 }), Weights(inTwo, SyntheticSequences.Options));
        Assert.NotEqual(Weights(flat, SyntheticSequences.Options with { TimeSteps = 4 }), Weights(inTwo, SyntheticSequences.Options));
    }

    [Fact]
    public void A_picture_of_28_rows_is_a_sequence_of_28_steps()
    {
        var pictures = SyntheticSequences.Rows(24).Select(row =>
        {
            var picture = new Picture { Label = row.Label };
            row.Features.CopyTo(picture.Features.AsSpan());
            return picture;
        }).ToList();
        var data = _context.Data.LoadFromEnumerable(pictures);
        data = _context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);

        Assert.Equal(Weights(data, SyntheticSequences.Options with { TimeSteps = 28 }), Weights(data, SyntheticSequences.Options));
    }

    [Fact]
    public void Doubles_train_and_score_as_Singles_do()
    {
        var singles = SyntheticSequences.Keyed(_context, 48);
        var doubles = _context.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Double).Fit(singles).Transform(singles);
        var options = SyntheticSequences.Options with { TimeSteps = 6 };
        using var ofSingles = _context.Transforms.RnnClassifier(options).Fit(singles);
        using var ofDoubles = _context.Transforms.RnnClassifier(options).Fit(doubles);

        Assert.Equal(ofSingles.WeightBits(), ofDoubles.WeightBits());
        ScoreColumns.AssertAgree(ofSingles.Transform(singles).Scores(), ofDoubles.Transform(doubles).Scores(), 0);
        ScoreColumns.AssertAgree(ofSingles.Transform(singles).Scores(), ofSingles.Transform(doubles).Scores(), 0);
    }

    [Fact]
    public void Sparse_vectors_are_as_good_as_dense_ones()
    {
        var dense = SyntheticSequences.Rows(48).Select(row =>
        {
            var values = row.Features.Select((value, i) => i % 4 == 0 ? value : 0).ToArray();
            return new VectorRow { Features = new VBuffer<float>(values.Length, values), Label = row.Label };
        }).ToList();
        var sparse = dense.Select(row =>
        {
            var places = Enumerable.Range(0, SyntheticSequences.Length).Where(i => i % 4 == 0).ToArray();
            var values = places.Select(i => row.Features.GetItemOrDefault(i)).ToArray();
            return new VectorRow { Features = new VBuffer<float>(SyntheticSequences.Length, values.Length, values, places), Label = row.Label };
        }).ToList();

        Assert.Equal(Weights(Keyed(dense), SyntheticSequences.Options), Weights(Keyed(sparse), SyntheticSequences.Options));
    }

    [Fact]
    public void A_fit_goes_over_the_source_once()
    {
        var data = new ObservedView(SyntheticSequences.Keyed(_context, 48));

        _context.Transforms.RnnClassifier(SyntheticSequences.Options with { Epochs = 3, ValidationFraction = 0.25 }).Fit(data).Dispose();

        Assert.Equal(1, data.CursorsOpened);
        Assert.Equal(1, data.CursorsDisposed);
        Assert.Equal(48, data.RowsRead);
        Assert.Equal(["Features", "Label"], data.ColumnsAsked.Keys.Order());
    }

    private string Weights(IDataView data, RnnClassifierOptions options)
    {
        using var model = _context.Transforms.RnnClassifier(options).Fit(data);
        return model.WeightBits();
    }

    private IDataView Keyed(IEnumerable<VectorRow> rows)
    {
        var data = _context.Data.LoadFromEnumerable(rows);
        return _context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    private sealed class Picture
    {
        [VectorType(28, 28)]
        public float[] Features { get; set; } = new float[28 * 28];

        public string Label { get; set; } = "";
    }

    private sealed class VectorRow
    {
        [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
        public VBuffer<float> Features { get; set; }

        public string Label { get; set; } = "";
    }
}
