using CsCheck;

namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>Which rows are validated on: the laws of the split, by the labels alone.</summary>
public sealed class StratifiedSplitTests
{
    private static readonly Gen<int[]> Labels = Gen.Int[-1, 4].Array[10, 60].Where(labels => Sizes(labels).Values.Any(size => size >= 2));

    [Fact]
    public void Folds_differ_by_a_row_at_most_in_all_and_of_every_class() =>
        Gen.Select(Labels, Gen.Int[2, 5], Gen.Int).Where(drawn => drawn.Item1.Count(label => label >= 0) >= drawn.Item2).Sample(
            (labels, folds, seed) =>
            {
                var split = StratifiedSplit.Folds(Rows(labels), folds, seed);
                int[] Counts(Func<int, bool> of) => [.. Enumerable.Range(0, folds).Select(fold => Enumerable.Range(0, labels.Length).Count(row => split[row] == fold && of(row)))];
                bool Even(int[] counts) => counts.Max() - counts.Min() <= 1;
                return split.Length == labels.Length && split.All(fold => fold >= 0 && fold < folds) && Even(Counts(_ => true))
                    && Even(Counts(row => labels[row] >= 0)) && labels.Distinct().All(label => Even(Counts(row => labels[row] == label)));
            },
            iter: 500, threads: 1, seed: "0000KqkqPRn3");

    [Fact]
    public void The_fraction_is_that_of_all_rows_and_of_every_class_and_leaves_one_of_each() =>
        Gen.Select(Labels, Gen.Double[0.05, 0.5], Gen.Int).Sample(
            (labels, fraction, seed) =>
            {
                var chosen = StratifiedSplit.Validation(Rows(labels), fraction, seed);
                int Chosen(Func<int, bool> of) => Enumerable.Range(0, labels.Length).Count(row => chosen[row] && of(row));
                return chosen.Length == labels.Length && Chosen(_ => true) >= 1 && Chosen(row => labels[row] < 0) == 0
                    && Sizes(labels).All(size => Chosen(row => labels[row] == size.Key) is var count
                        && count < size.Value && (count <= size.Value * fraction + 1.5) && (count >= size.Value * fraction - 1.5));
            },
            iter: 500, threads: 1, seed: "0000KqkqPRn3");

    [Theory]
    [InlineData(0.1, 3)]
    [InlineData(0.2, 6)]
    [InlineData(0.25, 7)]
    [InlineData(0.5, 15)]
    [InlineData(0.75, 21)]
    public void Of_thirty_rows_the_fraction_is_chosen_unless_the_last_of_a_class_is_due(double fraction, int count)
    {
        int[] labels = [.. Enumerable.Range(0, 30).Select(row => row % 3)];
        for (var seed = 0; seed < 5; seed++)
        {
            Assert.Equal(count, StratifiedSplit.Validation(Rows(labels), fraction, seed).Count(chosen => chosen));
        }
    }

    [Fact]
    public void What_a_class_that_must_keep_its_row_does_not_give_is_at_most_one_row_of_the_next()
    {
        // Twenty classes of one row owe ten rows between them; of theirs the last class gives one, and half of its other nine.
        int[] labels = [.. Enumerable.Range(0, 20), .. Enumerable.Repeat(20, 10)];
        var chosen = StratifiedSplit.Validation(Rows(labels), 0.5, 1);
        Assert.Equal(5, chosen.Count(row => row));
        Assert.All(Enumerable.Range(0, 20), row => Assert.False(chosen[row]));
    }

    [Fact]
    public void A_fraction_that_gives_no_row_gives_one_of_the_largest_class()
    {
        int[] labels = [-1, -1, -1, -1, 0, 0, 1, 1, 1, 2];
        var chosen = StratifiedSplit.Validation(Rows(labels), 0.001, 1);
        Assert.Equal(1, labels[Array.IndexOf(chosen, true)]);
        Assert.Single(chosen, row => row);

        // The first after the rows of class after class were shuffled.
        var random = new Random(1);
        int[] first = [4, 5], second = [6, 7, 8];
        random.Shuffle(first);
        random.Shuffle(second);
        Assert.Equal(second[0], Array.IndexOf(chosen, true));
    }

    [Fact]
    public void The_seed_decides_and_the_same_seed_decides_the_same()
    {
        int[] labels = [.. Enumerable.Range(0, 40).Select(row => row % 3)];
        Assert.Equal(StratifiedSplit.Folds(Rows(labels), 4, 7), StratifiedSplit.Folds(Rows(labels), 4, 7));
        Assert.NotEqual(StratifiedSplit.Folds(Rows(labels), 4, 7), StratifiedSplit.Folds(Rows(labels), 4, 8));
        Assert.Equal(StratifiedSplit.Validation(Rows(labels), 0.3, 7), StratifiedSplit.Validation(Rows(labels), 0.3, 7));
        Assert.NotEqual(StratifiedSplit.Validation(Rows(labels), 0.3, 7), StratifiedSplit.Validation(Rows(labels), 0.3, 8));
    }

    [Fact]
    public void Rows_are_drawn_and_not_taken_from_the_beginning()
    {
        int[] labels = [.. Enumerable.Repeat(0, 40)];
        var chosen = StratifiedSplit.Validation(Rows(labels), 0.5, 3);
        Assert.InRange(chosen.Take(20).Count(row => row), 3, 17);
        // Neither do the folds take every fourth row.
        Assert.NotEqual(Enumerable.Range(0, 40).Select(row => row % 4), StratifiedSplit.Folds(Rows(labels), 4, 3));
    }

    [Fact]
    public void Too_few_rows_or_no_two_of_a_class_are_refused()
    {
        Assert.Contains("3 folds need at least 3 rows with a label; the training data has 2.", Error(() => StratifiedSplit.Folds(Rows(0, 0, -1), 3, 1)), StringComparison.Ordinal);
        Assert.Contains("at least 2 rows with a label; the training data has 1.", Error(() => StratifiedSplit.Validation(Rows(0, -1, -1), 0.5, 1)), StringComparison.Ordinal);
        Assert.Contains("Each of the 2 rows", Error(() => StratifiedSplit.Validation(Rows(0, 1, -1), 0.5, 1)), StringComparison.Ordinal);
        Assert.Contains("Each of the 2 rows", Error(() => StratifiedSplit.Folds(Rows(0, 1, -1), 2, 1)), StringComparison.Ordinal);
        Assert.Equal(2, StratifiedSplit.Folds(Rows(0, 0), 2, 1).Distinct().Count());
        Assert.Single(StratifiedSplit.Validation(Rows(0, 0), 0.5, 1), row => row);
    }

    private static string Error(Func<object> split) => Assert.Throws<ArgumentException>(split).Message;

    private static HeldRows Rows(params int[] labels) => new(null!, labels);

    private static Dictionary<int, int> Sizes(int[] labels) => labels.Where(label => label >= 0).GroupBy(label => label).ToDictionary(ofClass => ofClass.Key, ofClass => ofClass.Count());
}
