namespace Rnn.MLNet.Experiments.Data;

/// <summary>Stratified splits: every part gets its share of each class. The same seed gives the same split.</summary>
internal static class StratifiedSplit
{
    /// <summary>
    /// Returns the zero-based fold of each row. The rows of a class are dealt out in turn, so the folds differ by at most one row per class.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer labelled rows than folds, or no two labelled rows share a class.</exception>
    public static int[] Folds(HeldRows rows, int folds, int seed)
    {
        if (rows.Labelled < folds)
        {
            throw new ArgumentException($"{folds} folds need at least {folds} rows with a label; the training data has {rows.Labelled}.");
        }

        RequireClasses(rows);

        var result = new int[rows.Labels.Count];
        var dealt = 0;
        foreach (var row in Shuffled(rows.Labels, seed).SelectMany(ofClass => ofClass))
        {
            result[row] = dealt++ % folds;
        }

        return result;
    }

    /// <summary>Returns whether each row is a validation row: the given fraction of every class, but never all rows of a class.</summary>
    /// <exception cref="ArgumentException">There are fewer than two labelled rows, or no two labelled rows share a class.</exception>
    public static bool[] Validation(HeldRows rows, double fraction, int seed)
    {
        if (rows.Labelled < 2)
        {
            throw new ArgumentException("A split into training and validation rows needs at least 2 rows with a label; the training data has 1.");
        }

        RequireClasses(rows);

        var result = new bool[rows.Labels.Count];
        // The rounding remainder carries over to the next class, so the validation set has the right size even if all classes are small.
        var share = 0.5;
        foreach (var ofClass in Shuffled(rows.Labels, seed).Where(ofClass => rows.Labels[ofClass[0]] != LabelValues.Missing))
        {
            for (var i = 0; i < ofClass.Length; i++)
            {
                share = Math.Min(share + fraction, 1.5);
                if (share >= 1 && i < ofClass.Length - 1)
                {
                    share--;
                    result[ofClass[i]] = true;
                }
            }
        }

        if (!result.Contains(true))
        {
            var largest = Shuffled(rows.Labels, seed).Where(ofClass => rows.Labels[ofClass[0]] != LabelValues.Missing).MaxBy(ofClass => ofClass.Length)!;
            result[largest[0]] = true;
        }

        return result;
    }

    private static void RequireClasses(HeldRows rows)
    {
        if (rows.Labels.Where(label => label != LabelValues.Missing).Distinct().Count() == rows.Labelled)
        {
            throw new ArgumentException(
                $"Each of the {rows.Labelled} rows with a label has a different class, so no row can validate a model trained on the others. Is the label an identifier or a continuous value?");
        }
    }

    /// <summary>Returns the shuffled row indices of each class, ordered by the first row of the class; unlabelled rows come last.</summary>
    private static IEnumerable<int[]> Shuffled(IReadOnlyList<int> labels, int seed)
    {
        var random = new Random(seed);
        foreach (var ofClass in Enumerable.Range(0, labels.Count).GroupBy(row => labels[row]).OrderBy(ofClass => ofClass.Key == LabelValues.Missing))
        {
            int[] rows = [.. ofClass];
            random.Shuffle(rows);
            yield return rows;
        }
    }
}
