namespace Rnn.MLNet.Tests.Training;

/// <summary>Rows that are measured and not trained on, and the early stop that they allow.</summary>
public sealed class ValidationTests
{
    private readonly MLContext _context = new(seed: 1);

    /// <summary>Rows of which the training makes the model ever more wrong.</summary>
    private IDataView Contrary => SyntheticSequences.Keyed(
        _context,
        SyntheticSequences.Rows(60, seed: 4).Select(row => new Sequence<string> { Features = row.Features, Label = row.Label == "red" ? "blue" : "red" }));

    [Fact]
    public void A_validation_set_is_measured_as_Evaluate_does()
    {
        var validation = SyntheticSequences.Keyed(_context, 70, seed: 2);
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { Epochs = 6, ValidationSet = validation });

        var metrics = _context.MulticlassClassification.Evaluate(model.Transform(validation));

        Assert.Equal(metrics.LogLoss, model.History.Epochs[^1].ValidationLoss!.Value, 1e-5);
        Assert.Equal(metrics.MicroAccuracy, model.History.Epochs[^1].ValidationAccuracy!.Value, 1e-9);
        Assert.All(model.History.Epochs, epoch => Assert.NotNull(epoch.ValidationLoss));
    }

    /// <summary>More rows than are measured at once, and no whole number of such parts.</summary>
    [Theory]
    [InlineData(CacheRows.All, 1)]
    [InlineData(CacheRows.All, 2)]
    [InlineData(CacheRows.None, 2)]
    public void Its_loss_is_the_weighted_mean_over_all_rows(CacheRows cacheRows, int threads)
    {
        List<Sequence<string>> rows =
        [
            .. SyntheticSequences.Rows(900, seed: 2)
                .Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = i % 3 == 0 ? 6 + i % 5 : i % 7 * 0.1f }),
        ];
        var validation = SyntheticSequences.Keyed(_context, rows);
        var options = SyntheticSequences.Options with
        {
            ExampleWeightColumnName = "Weight",
            ValidationSet = validation,
            Dropout = 0.4,
            CacheRows = cacheRows,
            Threads = threads,
            Shards = 1,
        };
        using var model = SyntheticSequences.Fit(options);

        var losses = model.Transform(validation).Scores().Zip(rows, (scores, row) => -Math.Log(scores[Array.IndexOf(SyntheticSequences.Colours, row.Label)])).ToArray();
        var weighted = losses.Zip(rows, (loss, row) => loss * row.Weight).Sum() / rows.Sum(row => (double)row.Weight);

        Assert.True(Math.Abs(weighted - losses.Average()) > 0.01, "The weights make too little difference to tell anything.");
        Assert.Equal(weighted, model.History.Epochs[^1].ValidationLoss!.Value, 1e-5);
        Assert.Equal(
            _context.MulticlassClassification.Evaluate(model.Transform(validation)).MicroAccuracy, model.History.Epochs[^1].ValidationAccuracy!.Value, 1e-9);
    }

    [Fact]
    public void A_validation_set_has_no_part_in_the_training()
    {
        using var with = SyntheticSequences.Fit(SyntheticSequences.Options with { ValidationSet = Contrary });
        using var without = SyntheticSequences.Fit(SyntheticSequences.Options);

        Assert.Equal(without.WeightBits(), with.WeightBits());
        Assert.All(without.History.Epochs, epoch => Assert.Null(epoch.ValidationLoss ?? epoch.ValidationAccuracy));
    }

    [Fact]
    public void A_fraction_is_taken_away_from_the_training_rows()
    {
        var listener = new Listener();
        var options = SyntheticSequences.Options with { Epochs = 2, ValidationFraction = 0.25, Progress = listener };

        using var model = SyntheticSequences.Fit(options, rows: 100);

        Assert.Equal(150, listener.Reports[^1].RowsSeen);
        // 25 rows: accuracies are multiples of 1/25.
        Assert.All(model.History.Epochs, epoch => Assert.Equal(Math.Round(epoch.ValidationAccuracy!.Value * 25), epoch.ValidationAccuracy.Value * 25, 1e-9));
    }

    [Theory]
    [InlineData(0.001, "validate")]
    [InlineData(0.999, "train")]
    public void A_fraction_that_leaves_nothing_is_refused(double fraction, string purpose)
    {
        var error = Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(SyntheticSequences.Options with { ValidationFraction = fraction }, 48));

        Assert.Contains(FormattableString.Invariant($"ValidationFraction {fraction} of 48 training rows leaves none to {purpose} on"), error.Message);
    }

    [Fact]
    public void Without_progress_the_training_stops_early_with_the_best_weights()
    {
        var options = SyntheticSequences.Options with { Epochs = 30, LearningRateSchedule = LearningRateSchedule.Constant, ValidationSet = Contrary, EarlyStoppingPatience = 3 };

        using var model = SyntheticSequences.Fit(options);

        Assert.True(model.History.StoppedEarly);
        Assert.Equal(model.History.BestEpoch + 3, model.History.Epochs.Count);
        AssertBestWeights(model);
    }

    [Theory]
    [InlineData(8, null)]
    [InlineData(30, 45L)]
    public void Whatever_ends_the_training_the_best_weights_are_kept(int epochs, long? maxSteps)
    {
        var options = SyntheticSequences.Options with { Epochs = epochs, MaxSteps = maxSteps, ValidationSet = Contrary, EarlyStoppingPatience = 100 };

        using var model = SyntheticSequences.Fit(options);

        Assert.False(model.History.StoppedEarly);
        Assert.Equal(maxSteps ?? epochs * 6, model.History.Steps);
        Assert.Equal(8, model.History.Epochs.Count);
        Assert.True(model.History.BestEpoch < 8);
        AssertBestWeights(model);
    }

    [Fact]
    public void A_validation_set_with_other_columns_is_refused()
    {
        var message = Refused(SyntheticSequences.Text(_context, 9));

        Assert.Contains("The ValidationSet does not fit: The label column 'Label' must be a key; it is String", message);
        Assert.Contains("after the transforms that precede it", message);
    }

    [Fact]
    public void A_validation_set_with_sequences_of_another_length_is_refused()
    {
        var data = SyntheticSequences.Keyed(_context, 9);
        var longer = _context.Transforms.Concatenate("Features", "Features", "Features").Fit(data).Transform(data);

        Assert.Contains(
            "The ValidationSet does not fit: The feature column 'Features' must be a vector of 12 Single or Double values (6 time steps of 2), as in training; it is Vector<Single, 24>",
            Refused(longer));
    }

    [Fact]
    public void A_validation_set_with_other_keys_is_refused()
    {
        var text = SyntheticSequences.Text(_context, 9);
        var otherwise = _context.Transforms.Conversion.MapValueToKey("Label").Fit(_context.Data.SkipRows(text, 1)).Transform(text);

        var message = Refused(otherwise);

        Assert.Contains("'Label' must have the same keys", message);
        Assert.Contains("blue, green, red", message);
        Assert.Contains("green, red, blue", message);
    }

    private static string Refused(IDataView validation) => Assert.Throws<ArgumentException>(
        () => SyntheticSequences.Fit(SyntheticSequences.Options with { ValidationSet = validation })).Message;

    private void AssertBestWeights(RnnClassifierTransformer model)
    {
        var losses = model.History.Epochs.Select(epoch => epoch.ValidationLoss!.Value).ToArray();
        Assert.Equal(losses.Min(), losses[model.History.BestEpoch - 1]);
        Assert.True(losses[^1] > losses.Min() + 0.002, "The last epoch is too good to tell anything.");
        Assert.Equal(losses.Min(), _context.MulticlassClassification.Evaluate(model.Transform(Contrary)).LogLoss, 1e-4);
    }
}
