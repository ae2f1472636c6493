using System.Collections;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Rows that are streamed are read several times; a source that does not bring the same ones each time is refused.</summary>
public sealed class RowConsistencyTests
{
    private static readonly RnnClassifierOptions Streamed = SyntheticSequences.Options with { CacheRows = CacheRows.None, Epochs = 3 };

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string, int, int> Changes => new()
    {
        { "expected 48 rows with a label, as in the first pass, found 0", 48, 0 },
        { "expected 48 rows with a label, as in the first pass, found 40", 48, 40 },
        { "expected 48 rows with a label, as in the first pass, found more", 48, 60 },
        { "expected the 48 rows of the first pass, found 48 of which some have other values", 48, 48 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_later_pass_with_other_rows_is_an_error(string message, int first, int later)
    {
        var data = Keyed(pass => pass == 0 ? SyntheticSequences.Rows(first) : SyntheticSequences.Rows(later, seed: first == later ? 2 : 1));

        var error = Assert.Throws<InvalidOperationException>(() => _context.Transforms.RnnClassifier(Streamed).Fit(data));

        Assert.Contains("The training data has changed between two passes over it: " + message, error.Message);
    }

    [Fact]
    public void A_validation_set_is_checked_likewise()
    {
        var data = Keyed(pass => SyntheticSequences.Rows(30 - pass));

        var error = Assert.Throws<InvalidOperationException>(
            () => _context.Transforms.RnnClassifier(Streamed with { ValidationSet = data }).Fit(SyntheticSequences.Keyed(_context, 48)));

        Assert.Contains("The validation data has changed between two passes over it: expected 30 rows with a label", error.Message);
    }

    [Fact]
    public void Another_order_is_none_of_its_business()
    {
        var data = Keyed(pass => pass % 2 == 0 ? SyntheticSequences.Rows(48) : SyntheticSequences.Rows(48).Reverse());

        using var model = _context.Transforms.RnnClassifier(Streamed with { ValidationFraction = 0.3 }).Fit(data);

        Assert.Equal(3, model.History.Epochs.Count);
    }

    [Fact]
    public void Rows_that_outgrow_their_budget_are_read_on_in_the_same_pass()
    {
        var data = new ObservedView(SyntheticSequences.Keyed(_context, 50));
        var columns = Classification.ColumnsOf(data.Schema);

        var (rows, _) = new SequenceReader(data, columns, "training").Read(budget: 1, ValidationSplit.None, TestContext.Current.CancellationToken);

        Assert.Equal(50, rows.Count);
        Assert.Equal(1, data.CursorsOpened);
        Assert.Equal(50, data.RowsRead);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_and_validation_share_no_row_and_lose_none_whatever_the_rows_numbers(bool constant)
    {
        // A list can be shuffled, and its view numbers the rows as they come, or not at all.
        var list = SyntheticSequences.Rows(200).Select(row => new Flat { Features = row.Features, Label = 1 }).ToList();
        var data = new NumberedView(_context.Data.LoadFromEnumerable(list), constant);
        var columns = Classification.ColumnsOf(data.Schema, timeSteps: SyntheticSequences.TimeSteps);

        var (training, validation) = new SequenceReader(data, columns, "training").Read(0, new ValidationSplit(0.3, Seed: 5), TestContext.Current.CancellationToken);

        Assert.InRange(validation!.Count, 40, 80);
        var measured = First(validation.InOrder(7, TestContext.Current.CancellationToken));
        foreach (var seed in (int[])[1, 2, 3])
        {
            Assert.Equal(
                list.Select(row => row.Features[0]).Order(),
                First(training.Shuffled(9, seed, TestContext.Current.CancellationToken)).Concat(measured).Order());
        }
    }

    [Fact]
    public void A_minibatch_of_all_rows_is_streamed()
    {
        using var model = SyntheticSequences.Fit(Streamed with { BatchSize = int.MaxValue });
        using var same = SyntheticSequences.Fit(Streamed with { BatchSize = 96 });

        Assert.Equal(3, model.History.Steps);
        Assert.Equal(same.WeightBits(), model.WeightBits());
    }

    private static List<float> First(IEnumerable<Minibatch> batches) =>
        [.. batches.SelectMany(batch => batch.Rows.ToArray().Select(row => batch.Set.Values(row)[0]))];

    private IDataView Keyed(Func<int, IEnumerable<Sequence<string>>> rows) => _context.Transforms.Conversion
        .MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
        .Fit(SyntheticSequences.Text(_context, 3))
        .Transform(_context.Data.LoadFromEnumerable(new Passes(rows)));

    /// <summary>Other rows in each pass.</summary>
    private sealed class Passes(Func<int, IEnumerable<Sequence<string>>> rows) : IEnumerable<Sequence<string>>
    {
        private int _pass = -1;

        public IEnumerator<Sequence<string>> GetEnumerator() => rows(Interlocked.Increment(ref _pass)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Flat
    {
        [VectorType(SyntheticSequences.Length)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
