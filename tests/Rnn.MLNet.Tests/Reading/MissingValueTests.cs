namespace Rnn.MLNet.Tests.Reading;

/// <summary>Missing values are read from every type of column and from all rows alike.</summary>
public sealed class MissingValueTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { TimeSteps = SyntheticSequences.TimeSteps, MissingValues = MissingValues.ZeroAndIndicator };

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Doubles_that_are_missing_train_and_score_as_Singles_do()
    {
        var singles = Keyed(Rows(48));
        var doubles = Doubles(singles);
        using var ofSingles = Fit(singles, Options);
        using var ofDoubles = Fit(doubles, Options);

        Assert.Equal(ofSingles.WeightBits(), ofDoubles.WeightBits());
        ScoreColumns.AssertAgree(ofSingles.Transform(singles).Scores(), ofDoubles.Transform(doubles).Scores(), 0);
        Assert.DoesNotContain(ofDoubles.Transform(doubles).Scores(), row => float.IsNaN(row[0]));
    }

    [Fact]
    public void A_Double_beyond_the_range_of_Single_is_not_missing()
    {
        var singles = Keyed(Rows(20));
        var doubles = _context.Transforms.CustomMapping<Features, DoubleFeatures>(
            (input, output) => output.Values = [.. input.Values.Select((value, place) => place == 5 ? 1e300 : (double)value)], contractName: null).Fit(singles).Transform(singles);

        Assert.Contains(
            "row 0 (counted from 0) holds 1E+300 in place 5, which is beyond the range of Single. Replace or filter",
            Assert.Throws<InvalidOperationException>(() => Fit(doubles, Options with { FeatureColumnName = "Values" })).Message);
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void Validation_rows_and_streamed_rows_may_lack_values_too(CacheRows cacheRows)
    {
        using var model = Fit(Keyed(Rows(48)), Options with { CacheRows = cacheRows, ValidationSet = Keyed(Rows(30)) });
        using var split = Fit(Keyed(Rows(48)), Options with { CacheRows = cacheRows, ValidationFraction = 0.3 });

        Assert.All([.. model.History.Epochs, .. split.History.Epochs], epoch => Assert.True(double.IsFinite(epoch.Loss + epoch.ValidationLoss!.Value)));
    }

    private static List<Sequence<string>> Rows(int count)
    {
        var rows = SyntheticSequences.Rows(count).ToList();
        for (var i = 0; i < count; i += 2)
        {
            rows[i].Features[i % SyntheticSequences.Length] = float.NaN;
        }

        return rows;
    }

    private static RnnClassifierTransformer Fit(IDataView data, RnnClassifierOptions options) => new MLContext(seed: 1).Transforms.RnnClassifier(options).Fit(data);

    private IDataView Keyed(IEnumerable<Sequence<string>> rows) => SyntheticSequences.Keyed(_context, rows);

    private IDataView Doubles(IDataView data) => _context.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Double).Fit(data).Transform(data);

    private sealed class Features
    {
        [ColumnName("Features"), VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
        public float[] Values { get; set; } = [];
    }

    private sealed class DoubleFeatures
    {
        [VectorType(SyntheticSequences.Length)]
        public double[] Values { get; set; } = [];
    }
}
