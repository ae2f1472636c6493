using Rnn.MLNet.Tests.EstimatorContract;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Data that cannot be trained on is refused before any training; the error names the column, what was expected and what came.</summary>
public sealed class InputValidationTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly Listener _listener = new();

    [Theory]
    [InlineData("Label", "label")]
    [InlineData("Features", "feature")]
    public void A_missing_column(string column, string role)
    {
        var data = SyntheticSequences.Keyed(_context, 6);
        data = _context.Transforms.DropColumns(column).Fit(data).Transform(data);

        var message = RefusedColumn(data);

        Assert.Contains($"The {role} column '{column}' is not in the data", message);
        Assert.Contains("'Weight'", message);
    }

    [Fact]
    public void A_missing_weight_column()
    {
        var message = RefusedColumn(SyntheticSequences.Keyed(_context, 6), SyntheticSequences.Options with { ExampleWeightColumnName = "Importance" });

        Assert.Contains("The example weight column 'Importance' is not in the data", message);
    }

    [Fact]
    public void A_label_that_is_no_key()
    {
        var message = RefusedColumn(SyntheticSequences.Text(_context, 6));

        Assert.Contains("The label column 'Label' must be a key; it is String", message);
        Assert.Contains("MapValueToKey", message);
    }

    [Fact]
    public void Features_of_another_type()
    {
        var data = _context.Data.LoadFromEnumerable(new[] { new WholeNumbers() });

        Assert.Contains(
            "The feature column 'Features' must be a vector of Single or Double of known size; it is Vector<Int32, 2>", RefusedColumn(data));
    }

    [Fact]
    public void Features_that_are_no_vector()
    {
        var options = SyntheticSequences.Options with { FeatureColumnName = "Weight", TimeSteps = 1 };

        Assert.Contains(
            "The feature column 'Weight' must be a vector of Single or Double of known size; it is Single",
            RefusedColumn(SyntheticSequences.Keyed(_context, 6), options));
    }

    [Fact]
    public void Features_of_unknown_length()
    {
        var data = _context.Data.LoadFromEnumerable(new[] { new Unbounded() });

        Assert.Contains(
            "The feature column 'Features' must be a vector of Single or Double of known size; it is ",
            RefusedColumn(data, SyntheticSequences.Options with { TimeSteps = 2 }));
    }

    [Fact]
    public void Time_steps_that_do_not_divide_the_length()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Fit(SyntheticSequences.Keyed(_context, 6), SyntheticSequences.Options with { TimeSteps = 5 }));

        Assert.Contains("The length of the feature column 'Features', 12, must be a multiple of TimeSteps, 5; the remainder is 2.", error.Message);
    }

    [Fact]
    public void No_time_steps_and_one_dimension()
    {
        var data = SyntheticSequences.Keyed(_context, SyntheticSequences.Rows(6), SyntheticSequences.Length);

        var error = Assert.Throws<ArgumentException>(() => Fit(data, SyntheticSequences.Options));

        Assert.Contains("'Features' is a vector of one dimension, Vector<Single, 12>", error.Message);
        Assert.Contains("set TimeSteps", error.Message);
    }

    [Fact]
    public void No_rows()
    {
        Assert.Contains("The training data has no rows.", Refused(SyntheticSequences.Keyed(_context, 0)));
    }

    [Fact]
    public void No_labels()
    {
        var rows = SyntheticSequences.Rows(7).Select(row => new Sequence<string> { Features = row.Features, Label = "none" });

        Assert.Contains(
            "The training data has no row with a target: the label 'Label' is missing in all 7 rows.", Refused(SyntheticSequences.Keyed(_context, rows)));
    }

    [Fact]
    public void One_class()
    {
        var data = _context.Data.LoadFromEnumerable(SyntheticSequences.Rows(12).Where(row => row.Label == "red").ToList());
        data = _context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);

        var error = Assert.Throws<ArgumentException>(() => Fit(data, SyntheticSequences.Options));

        Assert.Contains("The label column 'Label' must have at least two classes; its key type has 1. Are there rows, and have they labels? An empty set of keys counts as one.", error.Message);
    }

    [Theory]
    [InlineData(float.NaN, "NaN in place 3. Set MissingValues")]
    [InlineData(float.PositiveInfinity, "infinity in place 3, which is no missing value. Replace or filter such rows.")]
    [InlineData(float.NegativeInfinity, "infinity in place 3, which is no missing value. Replace or filter such rows.")]
    public void A_feature_that_is_not_finite(float value, string named)
    {
        var rows = SyntheticSequences.Rows(12).ToList();
        rows[7].Features[3] = value;

        Assert.Contains(
            $"The feature column 'Features' of the training data must hold finite values; row 7 (counted from 0) holds {named}",
            Refused(SyntheticSequences.Keyed(_context, rows)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-1f)]
    public void A_weight_that_is_no_weight(float weight)
    {
        var rows = SyntheticSequences.Rows(12).ToList();
        rows[4].Weight = weight;

        var message = Refused(SyntheticSequences.Keyed(_context, rows), SyntheticSequences.Options with { ExampleWeightColumnName = "Weight" });

        Assert.Contains(FormattableString.Invariant($"The example weight column 'Weight' of the training data must hold finite values of at least 0; row 4 (counted from 0) holds {weight}."), message);
    }

    [Fact]
    public void Scoring_features_of_another_length()
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
        var data = SyntheticSequences.Keyed(_context, 6);
        var longer = _context.Transforms.Concatenate("Features", "Features", "Features").Fit(data).Transform(data);

        var error = Assert.Throws<ArgumentException>(() => model.Transform(longer));

        Assert.Contains("The feature column 'Features' must be a vector of 12 Single or Double values (6 time steps of 2), as in training; it is ", error.Message);
    }

    /// <summary>Both the announced schema and the fit refuse a column, in the same words.</summary>
    private string RefusedColumn(IDataView data, RnnClassifierOptions? options = null)
    {
        var estimator = _context.Transforms.RnnClassifier((options ?? SyntheticSequences.Options) with { Progress = _listener });
        var announced = Assert.Throws<ArgumentException>(() => estimator.GetOutputSchema(SchemaShapeProbe.Of(data))).Message;
        var fitted = Assert.Throws<ArgumentException>(() => estimator.Fit(data)).Message;
        Assert.Equal(WithoutType(fitted), WithoutType(announced));
        Assert.Empty(_listener.Reports);
        return fitted;

        // Before the fit only the kind of a type is known, and the columns come in another order.
        static string WithoutType(string message) => message[..message.IndexOfAny([';', ','])];
    }

    private string Refused(IDataView data, RnnClassifierOptions? options = null)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Fit(data, options ?? SyntheticSequences.Options));
        Assert.Empty(_listener.Reports);
        return error.Message;
    }

    private RnnClassifierTransformer Fit(IDataView data, RnnClassifierOptions options) =>
        _context.Transforms.RnnClassifier(options with { Progress = _listener }).Fit(data);

    private sealed class Unbounded
    {
        public float[] Features { get; set; } = [1, 2];

        [KeyType(3)]
        public uint Label { get; set; }
    }

    private sealed class WholeNumbers
    {
        [VectorType(2)]
        public int[] Features { get; set; } = [1, 2];

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
