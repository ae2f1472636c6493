using CsCheck;
using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Which rows are set aside for validation: the wanted share, drawn by the seed, and on no side none.</summary>
public sealed class ValidationSplitTests
{
    private static readonly Gen<UInt128> Digests = Gen.Select(Gen.ULong, Gen.ULong, (upper, lower) => new UInt128(upper, lower));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_sides_share_no_row_and_lose_none(bool streamed) =>
        Gen.Select(Gen.Double[0.2, 0.8], Gen.Int, Gen.Int[40, 60]).Sample((fraction, seed, count) =>
        {
            var (training, validation) = NumberedRows.Read(NumberedRows.View(count), streamed, new ValidationSplit(fraction, seed));

            Assert.Equal(Enumerable.Range(0, count), training.InOrder().Concat(validation!.InOrder()).Order());
            Assert.Equal(training.InOrder().Order(), training.Shuffled(seed).Order());
            Assert.Equal(validation!.InOrder().Order(), validation!.Shuffled(seed).Order());
        }, iter: 20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_seed_decides_which_rows(bool streamed)
    {
        var data = NumberedRows.View(60);
        string Aside(int seed) => string.Join(" ", NumberedRows.Read(data, streamed, new ValidationSplit(0.3, seed)).Validation!.InOrder().Order());

        string[] aside = [.. Enumerable.Range(0, 9).Select(Aside)];

        Assert.Equal(9, aside.Distinct().Count());
        Assert.Equal(aside, Enumerable.Range(0, 9).Select(Aside));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_share_of_a_stream_is_the_wanted_one(double fraction)
    {
        const int Rows = 4000;
        var (training, validation) = NumberedRows.Read(NumberedRows.View(Rows), streamed: true, new ValidationSplit(fraction, Seed: 11));

        // Four standard deviations.
        var bound = 4 * Math.Sqrt(Rows * fraction * (1 - fraction));
        Assert.InRange(validation!.Count, Rows * fraction - bound, Rows * fraction + bound);
        Assert.Equal(Rows, training.Count + validation.Count);
    }

    [Theory]
    [InlineData(0.25, 10, 2)]
    [InlineData(0.26, 10, 3)]
    [InlineData(0.35, 10, 4)]
    [InlineData(0.5, 3, 2)]
    [InlineData(0.9, 10, 9)]
    [InlineData(0.05, 11, 1)]
    public void The_share_of_rows_in_memory_is_exact(double fraction, int rows, int expected)
    {
        var (training, validation) = NumberedRows.Read(NumberedRows.View(rows), streamed: false, new ValidationSplit(fraction, Seed: 11));

        Assert.Equal((rows - expected, expected), (training.Count, validation!.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_row_is_as_likely_to_be_set_aside(bool streamed)
    {
        var data = NumberedRows.View(10);

        var aside = Enumerable.Range(0, 300)
            .SelectMany(seed => NumberedRows.Read(data, streamed, new ValidationSplit(0.5, seed)).Validation!.InOrder())
            .GroupBy(row => row).ToDictionary(group => group.Key, group => group.Count());

        // Half of 300, and four standard deviations.
        Assert.All(Enumerable.Range(0, 10), row => Assert.InRange(aside[row], 150 - 35, 150 + 35));
    }

    [Fact]
    public void A_larger_share_of_a_stream_holds_what_a_smaller_one_does() =>
        Gen.Select(Digests, Gen.Int, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((row, seed, one, other) =>
        {
            Assert.True(!new ValidationSplit(Math.Min(one, other), seed).Holds(row) || new ValidationSplit(Math.Max(one, other), seed).Holds(row));
            Assert.False(new ValidationSplit(0, seed).Holds(row));
            Assert.False(ValidationSplit.None.Holds(row));
        });

    [Fact]
    public void Both_halves_of_a_digest_decide()
    {
        var split = new ValidationSplit(0.3, Seed: -5);

        Assert.InRange(Enumerable.Range(0, 4000).Count(i => split.Holds(new UInt128((ulong)i, 77))), 1200 - 116, 1200 + 116);
        Assert.InRange(Enumerable.Range(0, 4000).Count(i => split.Holds(new UInt128(77, (ulong)i))), 1200 - 116, 1200 + 116);
        Assert.InRange(Enumerable.Range(0, 4000).Count(i => split.Holds(new UInt128((ulong)i << 40, 77))), 1200 - 116, 1200 + 116);
        Assert.InRange(Enumerable.Range(0, 4000).Count(i => split.Holds(new UInt128(77, (ulong)i << 40))), 1200 - 116, 1200 + 116);
    }

    [Theory]
    [InlineData(false, 0.001, "validate")]
    [InlineData(false, 0.999, "train")]
    [InlineData(true, 0.001, "validate")]
    [InlineData(true, 0.999, "train")]
    public void A_side_without_rows_is_refused(bool streamed, double fraction, string purpose)
    {
        var error = Assert.Throws<InvalidOperationException>(() => NumberedRows.Read(NumberedRows.View(12), streamed, new ValidationSplit(fraction, Seed: 1)));

        Assert.Equal(FormattableString.Invariant($"ValidationFraction {fraction} of 12 training rows leaves none to {purpose} on."), error.Message);
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void The_seed_of_the_training_draws_them(CacheRows cacheRows)
    {
        using var channel = ((IHostEnvironment)new MLContext()).Register("test").Start("reading");
        var options = SyntheticSequences.Options with { TimeSteps = 1, ValidationFraction = 0.3, CacheRows = cacheRows };
        int[] Aside(int seed) => [.. TrainingData.Read(NumberedRows.View(50), Classification.Targets, options, seed, channel).Validation!.InOrder().Order()];

        Assert.Equal(Aside(1), Aside(1));
        Assert.NotEqual(Aside(1), Aside(2));
        // Nothing else is drawn from the same seed.
        var split = new ValidationSplit(0.3, SeedSequence.Derive(1, SeedSequence.Purpose.ValidationSplit));
        Assert.Equal(NumberedRows.Read(NumberedRows.View(50), cacheRows == CacheRows.None, split).Validation!.InOrder().Order(), Aside(1));
    }
}
