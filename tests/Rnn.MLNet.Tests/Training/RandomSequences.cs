namespace Rnn.MLNet.Tests.Training;

/// <summary>Random sequences of three classes in turn, in rows that do not all weigh the same.</summary>
internal static class RandomSequences
{
    public const int Classes = 3;

    /// <param name="rows">How many rows.</param>
    /// <param name="steps">Time steps of each.</param>
    /// <param name="features">Features of a step.</param>
    /// <param name="distance">How far the means of two neighbouring classes are apart.</param>
    public static SequenceSet Set(int rows, int steps, int features, float distance = 0)
    {
        var random = new Random(1);
        var set = new SequenceSet(new SequenceShape(steps, features), Classification.Targets(Classes));
        for (var row = 0; row < rows; row++)
        {
            foreach (ref var value in set.NextRow())
            {
                value = random.NextSingle() - 0.5f + distance * (row % Classes);
            }

            set.Add([row % Classes], 0.5f + row % 4);
        }

        return set;
    }
}
