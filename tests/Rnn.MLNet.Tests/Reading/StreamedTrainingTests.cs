namespace Rnn.MLNet.Tests.Reading;

/// <summary>Rows that are not kept in memory but read anew in every epoch.</summary>
public sealed class StreamedTrainingTests
{
    private static readonly RnnClassifierOptions Streamed = SyntheticSequences.Options with { CacheRows = CacheRows.None };

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void It_learns_as_well()
    {
        using var model = SyntheticSequences.Fit(Streamed with { Epochs = 12 });

        Assert.True(_context.MulticlassClassification.Evaluate(model.Transform(SyntheticSequences.Keyed(_context, 90, seed: 2))).MicroAccuracy > 0.9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        var options = Streamed with { ValidationFraction = 0.3, Dropout = 0.1 };
        using var first = SyntheticSequences.Fit(options);
        using var second = SyntheticSequences.Fit(options);

        Assert.Equal(first.WeightBits(), second.WeightBits());
        Assert.NotNull(first.History.Epochs[0].ValidationLoss);
    }

    [Fact]
    public void Every_epoch_reads_all_rows_and_lets_go_of_them()
    {
        var data = new ObservedView(SyntheticSequences.Keyed(_context, 48));

        using var model = _context.Transforms.RnnClassifier(Streamed with { Epochs = 3 }).Fit(data);

        Assert.Equal(4, data.CursorsOpened);
        Assert.Equal(4, data.CursorsDisposed);
        Assert.Equal(4 * 48, data.RowsRead);
        Assert.Equal(9, model.History.Steps);
    }

    [Fact]
    public void A_cancelled_fit_lets_go_of_its_source()
    {
        using var source = new CancellationTokenSource();
        var data = new ObservedView(SyntheticSequences.Keyed(_context, 480));
        var options = Streamed with { CancellationToken = source.Token, Progress = new Listener(_ => source.Cancel()) };

        Assert.ThrowsAny<OperationCanceledException>(() => _context.Transforms.RnnClassifier(options).Fit(data));

        Assert.Equal(2, data.CursorsOpened);
        Assert.Equal(2, data.CursorsDisposed);
    }

    [Fact]
    public void A_bad_row_is_found_before_any_training()
    {
        var rows = SyntheticSequences.Rows(40).ToList();
        rows[33].Features[0] = float.NaN;
        var listener = new Listener();
        var estimator = _context.Transforms.RnnClassifier(Streamed with { Progress = listener });

        var error = Assert.Throws<InvalidOperationException>(() => estimator.Fit(SyntheticSequences.Keyed(_context, rows)));

        Assert.Contains("row 33 (counted from 0) holds NaN", error.Message);
        Assert.Empty(listener.Reports);
    }
}
