namespace Rnn.MLNet.Tests.Tasks;

/// <summary>Weights of classes are weights of their rows.</summary>
public sealed class ClassWeightTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { ExampleWeightColumnName = "Weight" };

    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(CacheRows.All, 0.25)]
    [InlineData(CacheRows.None, 0)]
    public void Explicit_weights_are_those_of_the_rows_of_the_class(CacheRows cacheRows, double validationFraction)
    {
        var options = Options with { CacheRows = cacheRows, ValidationFraction = validationFraction };
        using var byRow = Fit(Rows(96, label => label == "red" ? 1 : 0.25f), options);
        using var byClass = Fit(Rows(96, _ => 1), options with { ClassWeights = Of(("red", 4)) });

        AssertSame(byRow, byClass);
    }

    [Fact]
    public void They_multiply_example_weights()
    {
        using var byRow = Fit(Rows(96, label => label == "red" ? 3 : 0.5f), Options);
        using var byClass = Fit(Rows(96, label => label == "red" ? 3 : 2), Options with { ClassWeights = Of(("green", 0.5), ("blue", 0.5), ("red", 2)) });

        AssertSame(byRow, byClass);
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void Equal_weights_are_none_to_the_last_bit(CacheRows cacheRows)
    {
        var options = Options with { CacheRows = cacheRows, ValidationFraction = 0.25 };
        using var none = Fit(Rows(96, _ => 3.3f), options);
        using var equal = Fit(Rows(96, _ => 3.3f), options with { ClassWeights = Of(("red", 0.7), ("green", 0.7), ("blue", 0.7)) });
        using var balanced = Fit(Rows(96, _ => 3.3f), options with { ValidationFraction = 0, ClassWeights = ClassWeights.Balanced });
        using var whole = Fit(Rows(96, _ => 3.3f), options with { ValidationFraction = 0 });

        AssertSame(none, equal);
        AssertSame(whole, balanced);
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void Balanced_classes_have_equal_totals(CacheRows cacheRows)
    {
        // 80 rows are blue, 16 red, none green; every red row weighs 2: the totals are 80 and 32.
        var rows = Enumerable.Range(0, 96).Select(i => Row(i, i % 6 == 0 ? "red" : "blue", i % 6 == 0 ? 2 : 1)).ToList();
        var validation = Keyed(Enumerable.Range(0, 30).Select(i => Row(i, i % 2 == 0 ? "red" : "blue", 1)));
        var options = Options with { CacheRows = cacheRows, ValidationSet = validation };
        using var balanced = Fit(rows, options with { ClassWeights = ClassWeights.Balanced });
        using var expected = Fit(rows, options with { ClassWeights = Of(("blue", 1.0 / 80), ("red", 1.0 / 32)) });

        AssertSame(expected, balanced);
    }

    [Fact]
    public void Balancing_raises_the_recall_of_a_rare_class()
    {
        // The features tell the rare class only roughly.
        var random = new Random(1);
        var rows = Enumerable.Range(0, 600).Select(i =>
        {
            var row = Row(i, i % 20 == 0 ? "red" : "blue", 1);
            row.Features[^1] = (i % 20 == 0 ? 0.5f : 0) + random.NextSingle();
            return row;
        }).ToList();
        double Recall(ClassWeights weights)
        {
            using var model = Fit(rows, Options with { ClassWeights = weights, Epochs = 4 });
            return _context.MulticlassClassification.Evaluate(model.Transform(Keyed(rows))).ConfusionMatrix.PerClassRecall[2];
        }

        Assert.True(Recall(ClassWeights.Balanced) > Recall(ClassWeights.None) + 0.3);
    }

    [Fact]
    public void A_validation_row_weighs_what_its_class_does()
    {
        var validation = Keyed(Rows(60, label => label == "red" ? 1 : 0.25f, seed: 2));
        var plain = Keyed(Rows(60, _ => 1, seed: 2));
        using var byRow = Fit(Rows(96, label => label == "red" ? 1 : 0.25f), Options with { ValidationSet = validation });
        using var byClass = Fit(Rows(96, _ => 1), Options with { ValidationSet = plain, ClassWeights = Of(("red", 4)) });

        AssertSame(byRow, byClass);
    }

    [Fact]
    public void Keys_without_values_are_named_by_their_numbers()
    {
        var context = new MLContext(seed: 1);
        var data = context.Data.LoadFromEnumerable(Rows(96, _ => 1).Select(row => new Plain { Features = row.Features, Label = (uint)Array.IndexOf(SyntheticSequences.Colours, row.Label) }));
        var options = SyntheticSequences.Options with { TimeSteps = SyntheticSequences.TimeSteps, ClassWeights = Of(("3", 4)) };
        using var model = context.Transforms.RnnClassifier(options).Fit(data);
        using var expected = Fit(Rows(96, label => label == "red" ? 4 : 1), Options);

        Assert.Equal(expected.History.Epochs[^1].Loss, model.History.Epochs[^1].Loss);
    }

    [Fact]
    public void A_weight_of_an_unknown_class_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Fit(Rows(30, _ => 1), Options with { ClassWeights = Of(("crimson", 2)) }));

        Assert.Equal("ClassWeights has a weight for the class 'crimson', which the label column 'Label' does not have; it has 3 keys (blue, green, red). In cross-validation a fold may lack a class: map the labels to keys before it.", error.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e31)]
    public void A_weight_out_of_range_is_refused(double weight)
    {
        Assert.Contains("ClassWeights[red] must be from 0 to 1e30; it is", Assert.Throws<ArgumentOutOfRangeException>(() => Of(("red", weight))).Message);
    }

    [Fact]
    public void No_weights_at_all_are_refused()
    {
        Assert.Contains("at least one weight", Assert.Throws<ArgumentException>(() => Of()).Message);
        Assert.Throws<ArgumentNullException>(() => ClassWeights.Of(null!));
        Assert.Throws<ArgumentNullException>(() => _context.Transforms.RnnClassifier(Options with { ClassWeights = null! }));
    }

    [Fact]
    public void Weights_of_zero_for_all_rows_learn_nothing_and_say_so()
    {
        var log = new List<string>();
        _context.Log += (_, entry) => log.Add(entry.Message);
        using var model = Fit(Rows(30, _ => 1), SyntheticSequences.Options with { ClassWeights = Of(("red", 0), ("green", 0), ("blue", 0)) });

        Assert.Contains(log, message => message.Contains("The weight of the class (ClassWeights) is 0 in all 30 training rows, so the network does not learn.", StringComparison.Ordinal));
    }

    [Fact]
    public void They_are_told_as_text()
    {
        Assert.Equal("None", ClassWeights.None.ToString());
        Assert.Equal("Balanced", ClassWeights.Balanced.ToString());
        Assert.Equal("blue: 0.5, red: 2", Of(("red", 2), ("blue", 0.5)).ToString());
        Assert.Equal(Of(("red", 2), ("blue", 0.5)), Of(("blue", 0.5), ("red", 2)));
        Assert.Equal(Of(("red", 2)).GetHashCode(), Of(("red", 2)).GetHashCode());
        Assert.NotEqual(Of(("red", 2)), Of(("red", 3)));
        Assert.NotEqual(ClassWeights.None, ClassWeights.Balanced);
    }

    [Theory]
    [InlineData(null, "The weight of the class (ClassWeights) must be above 0 in some validation row; it is 0 in all 6 of them.")]
    [InlineData("Weight", "The example weight column 'Weight', multiplied by the weight of the class, must be above 0 in some validation row; it is 0 in all 6 of them.")]
    public void Validation_rows_of_classes_that_weigh_nothing_are_refused(string? weightColumn, string expected)
    {
        var validation = Keyed(Rows(18, _ => 1).Where(row => row.Label == "red"));
        var options = Options with { ExampleWeightColumnName = weightColumn, ValidationSet = validation, ClassWeights = Of(("red", 0)) };

        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => Fit(Rows(30, _ => 1), options)).Message);
    }

    private static ClassWeights Of(params (string Name, double Weight)[] weights) => ClassWeights.Of(weights.ToDictionary(weight => weight.Name, weight => weight.Weight));

    private static IEnumerable<Sequence<string>> Rows(int count, Func<string, float> weight, int seed = 1) =>
        SyntheticSequences.Rows(count, seed).Select(row => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = weight(row.Label) });

    private static Sequence<string> Row(int seed, string label, float weight) =>
        new() { Features = SyntheticSequences.Rows(1, seed).Single().Features, Label = label, Weight = weight };

    private static void AssertSame(RnnClassifierTransformer expected, RnnClassifierTransformer actual)
    {
        Assert.Equal(expected.WeightBits(), actual.WeightBits());
        Assert.Equal(expected.History.Epochs.Select(Losses), actual.History.Epochs.Select(Losses));
    }

    private static (double, double?) Losses(TrainingEpoch epoch) => (epoch.Loss, epoch.ValidationLoss);

    private IDataView Keyed(IEnumerable<Sequence<string>> rows) => SyntheticSequences.Keyed(_context, rows);

    private RnnClassifierTransformer Fit(IEnumerable<Sequence<string>> rows, RnnClassifierOptions options) =>
        _context.Transforms.RnnClassifier(options).Fit(Keyed(rows));

    private sealed class Plain
    {
        [VectorType(SyntheticSequences.Length)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
