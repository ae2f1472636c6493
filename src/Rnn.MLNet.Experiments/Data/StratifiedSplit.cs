namespace Rnn.MLNet.Experiments.Data;

/// <summary>Splits rows so that each part has its share of every class. The same seed gives the same parts.</summary>
internal static class StratifiedSplit
{
    /// <summary>The fold of each row, from 0. The rows of a class are dealt out one by one, so that the folds differ by one row of a class at most.</summary>
    /// <exception cref="ArgumentException">There are fewer rows with a label than folds, or no two of a class.</exception>
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

    /// <summary>Whether each row is for validation: the fraction of every class, but never all of its rows.</summary>
    /// <exception cref="ArgumentException">There is one row with a label only, or no two of a class.</exception>
    public static bool[] Validation(HeldRows rows, double fraction, int seed)
    {
        if (rows.Labelled < 2)
        {
            throw new ArgumentException("A row to train on and one to validate on need at least 2 rows with a label; the training data has 1.");
        }

        RequireClasses(rows);

        var result = new bool[rows.Labels.Count];
        // What one class has too much the next has too little: the parts have the right size also where classes are small.
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
                $"Each of the {rows.Labelled} rows with a label is of a class of its own, so that none can be validated on by what the others teach. Is the label a name or a measure?");
        }
    }

    /// <summary>The rows of each class in random order, the classes in the order of their first rows; those without a label last.</summary>
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
