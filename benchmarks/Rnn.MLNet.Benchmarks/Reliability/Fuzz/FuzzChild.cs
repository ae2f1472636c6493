namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>Runs a batch of inputs in the child process, announcing each on standard output before it starts.</summary>
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
