using Rnn.MLNet.Tests.Onnx;

namespace Rnn.MLNet.Tests.Networks;

/// <summary>Scaling and the treatment of missing values are the same on every path: a view, an engine, a zip, an exported network.</summary>
public sealed class InputStageTests
{
    private readonly MLContext _context = new(seed: 1);

    public static MatrixTheoryData<InputScaling, MissingValues, bool> Stages =>
        new([InputScaling.None, InputScaling.Standardize], [MissingValues.Refuse, MissingValues.Zero, MissingValues.ZeroAndIndicator], [false, true]);

    [Theory]
    [MemberData(nameof(Stages))]
    public void It_is_part_of_the_model_on_every_path(InputScaling scaling, MissingValues missingValues, bool bidirectional)
    {
        using var model = Fit(SyntheticSequences.Options with { InputScaling = scaling, MissingValues = missingValues, Bidirectional = bidirectional }, Rows(40, 1, missingValues != MissingValues.Refuse));
        var rows = Rows(12, seed: 2, withMissing: true);
        var data = Keyed(rows);
        var scores = model.Transform(data).Scores();

        using var file = new TemporaryFile(".zip");
        _context.Model.Save(model, data.Schema, file.Path);
        using var engine = _context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(model, new PredictionEngineOptions { OwnsTransformer = false });

        ScoreColumns.AssertAgree(scores, new MLContext().Model.Load(file.Path, out _).Transform(data).Scores(), 1e-5);
        ScoreColumns.AssertAgree(scores, [.. rows.Select(row => engine.Predict(row).Score)], 1e-5);
        ScoreColumns.AssertAgree(scores, ExportedNetwork.Scores(model, rows), 1e-5);
        Assert.Equal(missingValues == MissingValues.Refuse, scores.Any(row => float.IsNaN(row[0])));
    }

    [Fact]
    public void A_missing_value_is_the_mean_of_a_standardised_feature()
    {
        var options = SyntheticSequences.Options with { InputScaling = InputScaling.Standardize, MissingValues = MissingValues.Zero };
        var rows = Rows(40, seed: 1, withMissing: true);
        using var model = Fit(options, rows);
        var means = Enumerable.Range(0, SyntheticSequences.Values).Select(feature =>
            rows.SelectMany(row => row.Features.Where((value, place) => place % SyntheticSequences.Values == feature && !float.IsNaN(value))).Average(value => (double)value)).ToArray();
        var replaced = rows.Select(row => new Sequence<string>
        {
            Features = [.. row.Features.Select((value, place) => float.IsNaN(value) ? (float)means[place % SyntheticSequences.Values] : value)],
            Label = row.Label,
        }).ToList();

        ScoreColumns.AssertAgree(model.Transform(Keyed(replaced)).Scores(), model.Transform(Keyed(rows)).Scores(), 1e-6);
    }

    [Fact]
    public void A_missing_value_of_a_feature_that_is_not_scaled_is_zero()
    {
        using var model = Fit(SyntheticSequences.Options with { InputScaling = InputScaling.None, MissingValues = MissingValues.Zero }, Rows(40, seed: 1, withMissing: false));
        var rows = Rows(12, seed: 2, withMissing: true);
        var zeros = rows.Select(row => new Sequence<string> { Features = [.. row.Features.Select(value => float.IsNaN(value) ? 0 : value)], Label = row.Label }).ToList();

        Assert.Equal(model.Transform(Keyed(zeros)).Scores(), model.Transform(Keyed(rows)).Scores());
    }

    [Fact]
    public void An_indicator_tells_what_is_missing_from_what_is_average()
    {
        // The class is whether the first step is missing; the rest is noise.
        List<Sequence<string>> Silent(int count, int seed) => [.. SyntheticSequences.Rows(count, seed).Select((row, i) => new Sequence<string>
        {
            Features = [.. row.Features.Select((value, place) => place > 1 ? value : i % 2 == 0 ? float.NaN : 0)],
            Label = SyntheticSequences.Colours[i % 2],
        })];
        double Accuracy(MissingValues missingValues)
        {
            using var model = Fit(SyntheticSequences.Options with { Epochs = 12, InputScaling = InputScaling.None, MissingValues = missingValues }, Silent(96, seed: 1));
            return _context.MulticlassClassification.Evaluate(model.Transform(Keyed(Silent(60, seed: 2)))).MicroAccuracy;
        }

        Assert.Equal(1, Accuracy(MissingValues.ZeroAndIndicator));
        Assert.InRange(Accuracy(MissingValues.Zero), 0, 0.7);
    }

    [Theory]
    [InlineData(MissingValues.Refuse, float.NaN, "NaN in place 3. Set MissingValues")]
    [InlineData(MissingValues.Zero, float.PositiveInfinity, "infinity in place 3, which is no missing value. Replace or filter")]
    [InlineData(MissingValues.ZeroAndIndicator, float.NegativeInfinity, "infinity in place 3, which is no missing value. Replace or filter")]
    public void What_is_not_accepted_is_refused_in_training(MissingValues missingValues, float value, string named)
    {
        var rows = Rows(20, seed: 1, withMissing: false);
        rows[7].Features[3] = value;

        Assert.Contains(
            $"row 7 (counted from 0) holds {named}",
            Assert.Throws<InvalidOperationException>(() => Fit(SyntheticSequences.Options with { MissingValues = missingValues }, rows)).Message);
    }

    [Fact]
    public void A_row_of_nothing_but_missing_values_is_an_average_row()
    {
        using var model = Fit(SyntheticSequences.Options with { MissingValues = MissingValues.Zero }, Rows(40, seed: 1, withMissing: true));
        List<Sequence<string>> rows = [new() { Features = [.. Enumerable.Repeat(float.NaN, SyntheticSequences.Length)], Label = "red" }];

        Assert.Equal(1, model.Transform(Keyed(rows)).Scores()[0].Sum(), 1e-5);
    }

    [Theory]
    [InlineData(InputScaling.None, MissingValues.Zero)]
    [InlineData(InputScaling.Standardize, MissingValues.Zero)]
    [InlineData(InputScaling.None, MissingValues.ZeroAndIndicator)]
    public void An_infinite_value_is_not_missing_and_gets_no_scores(InputScaling scaling, MissingValues missingValues)
    {
        using var model = Fit(SyntheticSequences.Options with { InputScaling = scaling, MissingValues = missingValues }, Rows(40, seed: 1, withMissing: true));
        var rows = Rows(3, seed: 2, withMissing: true);
        rows[1].Features[4] = float.NegativeInfinity;
        using var file = new TemporaryFile(".zip");
        _context.Model.Save(model, Keyed(rows).Schema, file.Path);

        Assert.All(
            [model.Transform(Keyed(rows)).Scores(), new MLContext().Model.Load(file.Path, out _).Transform(Keyed(rows)).Scores(), ExportedNetwork.Scores(model, rows)],
            scores => Assert.Equal([false, true, false], scores.Select(row => float.IsNaN(row[0]))));
    }

    [Theory]
    [InlineData(InputScaling.None, MissingValues.Zero)]
    [InlineData(InputScaling.Standardize, MissingValues.Zero)]
    [InlineData(InputScaling.Standardize, MissingValues.ZeroAndIndicator)]
    public void What_is_scored_is_what_was_trained(InputScaling scaling, MissingValues missingValues)
    {
        var validation = Rows(60, seed: 2, withMissing: true);
        using var model = Fit(SyntheticSequences.Options with { InputScaling = scaling, MissingValues = missingValues, ValidationSet = Keyed(validation) }, Rows(40, seed: 1, withMissing: true));

        Assert.Equal(model.History.Epochs[^1].ValidationLoss!.Value, _context.MulticlassClassification.Evaluate(model.Transform(Keyed(validation))).LogLoss, 1e-4);
    }

    private static List<Sequence<string>> Rows(int count, int seed, bool withMissing)
    {
        var rows = SyntheticSequences.Rows(count, seed).ToList();
        for (var i = 0; withMissing && i < count; i += 3)
        {
            rows[i].Features[i % SyntheticSequences.Length] = float.NaN;
        }

        return rows;
    }

    private IDataView Keyed(IEnumerable<Sequence<string>> rows) => SyntheticSequences.Keyed(_context, rows);

    private RnnClassifierTransformer Fit(RnnClassifierOptions options, IEnumerable<Sequence<string>> rows) =>
        _context.Transforms.RnnClassifier(options).Fit(Keyed(rows));

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
