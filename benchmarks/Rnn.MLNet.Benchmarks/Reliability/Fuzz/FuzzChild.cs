namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>Tries a batch of inputs in a process of its own, and says on the standard output what it tries before it does.</summary>
internal static class FuzzChild
{
    public const string Name = "fuzz";
    public const string Begin = "begin ";
    public const string Result = "result ";

    public static void Run(string target, int seed, int from, int count, Action<string> say)
    {
        using var inputs = FuzzTargets.All.Single(candidate => candidate.Name == target).Create();
        for (var input = from; input < from + count; input++)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"{Begin}{input}"));
            say(Result + JsonSerializer.Serialize(inputs.Try(FuzzTargets.RandomOf(seed, input))));
        }
    }
}
