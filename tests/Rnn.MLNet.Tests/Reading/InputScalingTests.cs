namespace Rnn.MLNet.Tests.Reading;

/// <summary>Features in any units train as they do in the unit range, and a model applies the scaling itself.</summary>
public sealed class InputScalingTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { Epochs = 12 };

    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(InputScaling.None)]
    [InlineData(InputScaling.Auto)]
    public void Features_near_the_unit_range_are_not_scaled_by_default(InputScaling scaling)
    {
        using var model = SyntheticSequences.Fit(Options with { InputScaling = scaling });
        using var other = SyntheticSequences.Fit(Options with { InputScaling = InputScaling.None });

        Assert.Equal(other.WeightBits(), model.WeightBits());
        Assert.Equal(0, model.History.ScaledFeatures);
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void Features_of_very_different_units_are_learned(CacheRows cacheRows)
    {
        var rows = InUnits(96, seed: 1);
        var options = Options with { CacheRows = cacheRows };
        using var model = Fit(rows, options);
        using var unscaled = Fit(rows, options with { InputScaling = InputScaling.None });

        Assert.Equal(2, model.History.ScaledFeatures);
        Assert.Equal(1, Accuracy(model, InUnits(60, seed: 2)));
        Assert.True(Accuracy(unscaled, InUnits(60, seed: 2)) < 0.8, "The units do no harm, so the test shows nothing.");
    }

    [Fact]
    public void Standardising_is_what_a_user_would_do_by_hand()
    {
        var rows = InUnits(96, seed: 1).ToList();
        var byHand = rows.Select(row => new Sequence<string> { Features = [.. row.Features], Label = row.Label }).ToList();
        for (var feature = 0; feature < SyntheticSequences.Values; feature++)
        {
            bool IsFeature(float _, int place) => place % SyntheticSequences.Values == feature;
            var values = rows.SelectMany(row => row.Features.Where(IsFeature)).Select(value => (double)value).ToArray();
            var mean = values.Average();
            var factor = (float)(1 / Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
            foreach (var row in byHand)
            {
                for (var place = feature; place < row.Features.Length; place += SyntheticSequences.Values)
                {
                    row.Features[place] = (row.Features[place] - (float)mean) * factor;
                }
            }
        }

        using var scaled = Fit(rows, Options with { InputScaling = InputScaling.Standardize });
        using var plain = Fit(byHand, Options with { InputScaling = InputScaling.None });

        ScoreColumns.AssertAgree(plain.Transform(Keyed(byHand)).Scores(), scaled.Transform(Keyed(rows)).Scores(), 1e-4);
    }

    [Fact]
    public void Rows_of_weight_zero_and_validation_rows_have_no_part_in_it()
    {
        var rows = InUnits(96, seed: 1).ToList();
        var outliers = InUnits(30, seed: 2).Select(row => new Sequence<string> { Features = [.. row.Features.Select(value => value * 1000)], Label = row.Label }).ToList();
        var options = Options with { ExampleWeightColumnName = "Weight", BatchSize = 200, Epochs = 1, ValidationSet = Keyed(outliers) };
        var weightless = outliers.Select(row => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = 0 });

        foreach (var cacheRows in (CacheRows[])[CacheRows.All, CacheRows.None])
        {
            using var expected = Fit(rows, options with { CacheRows = cacheRows, ValidationSet = null });
            using var actual = Fit(rows.Concat(weightless), options with { CacheRows = cacheRows });

            ScoreColumns.AssertAgree(expected.Transform(Keyed(rows)).Scores(), actual.Transform(Keyed(rows)).Scores(), 1e-5);
        }
    }

    [Fact]
    public void A_held_out_share_has_no_part_in_it()
    {
        // Trained for a single vanishing step: the scores tell the scaling only.
        var options = Options with { Epochs = 1, BatchSize = 96, LearningRate = 1e-12, ValidationFraction = 0.5, EarlyStoppingPatience = 1 };
        using var all = Fit(InUnits(96, seed: 1), options with { ValidationFraction = 0, EarlyStoppingPatience = null });
        using var half = Fit(InUnits(96, seed: 1), options);
        var rows = Keyed(InUnits(10, seed: 2));

        Assert.NotEqual(all.Transform(rows).Scores(), half.Transform(rows).Scores());
    }

    [Fact]
    public void A_value_beyond_the_range_of_Single_after_scaling_gets_no_scores()
    {
        using var model = Fit(InUnits(96, seed: 1), Options with { Epochs = 1 });
        var rows = InUnits(2, seed: 2).ToList();
        rows[1].Features[0] = float.MaxValue;
        using var file = new TemporaryFile(".zip");
        _context.Model.Save(model, Keyed(rows).Schema, file.Path);

        Assert.All([model.Transform(Keyed(rows)).Scores(), new MLContext().Model.Load(file.Path, out _).Transform(Keyed(rows)).Scores()], scores =>
        {
            Assert.All(scores[0], score => Assert.True(float.IsFinite(score)));
            Assert.All(scores[1], score => Assert.True(float.IsNaN(score)));
        });
    }

    [Fact]
    public void A_validation_row_beyond_the_range_of_Single_after_scaling_has_no_loss()
    {
        var validation = InUnits(30, seed: 2).ToList();
        validation[3].Features[0] = float.MaxValue;

        using var model = Fit(InUnits(96, seed: 1), Options with { Epochs = 1, ValidationSet = Keyed(validation) });

        Assert.True(double.IsNaN(model.History.Epochs[0].ValidationLoss!.Value));
    }

    /// <summary>The synthetic sequences, with one feature in millionths and the other in millions, far from zero.</summary>
    private static IEnumerable<Sequence<string>> InUnits(int count, int seed) => SyntheticSequences.Rows(count, seed).Select(row => new Sequence<string>
    {
        Features = [.. row.Features.Select((value, place) => place % 2 == 0 ? value * 1e-6f : (value + 3) * 1e6f)],
        Label = row.Label,
    });

    private double Accuracy(RnnClassifierTransformer model, IEnumerable<Sequence<string>> rows) =>
        _context.MulticlassClassification.Evaluate(model.Transform(Keyed(rows))).MicroAccuracy;

    private IDataView Keyed(IEnumerable<Sequence<string>> rows) => SyntheticSequences.Keyed(_context, rows);

    private RnnClassifierTransformer Fit(IEnumerable<Sequence<string>> rows, RnnClassifierOptions options) =>
        _context.Transforms.RnnClassifier(options).Fit(Keyed(rows));
}
