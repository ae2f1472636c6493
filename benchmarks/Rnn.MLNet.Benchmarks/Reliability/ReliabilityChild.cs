using Rnn.MLNet.Benchmarks.Reliability.Fuzz;
using Rnn.MLNet.Benchmarks.Reliability.Kill;

namespace Rnn.MLNet.Benchmarks.Reliability;

/// <summary>The part of a reliability program that runs in a child process, which may be killed at any moment.</summary>
internal static class ReliabilityChild
{
    public const string Switch = "--reliability-child";

    public static void Run(string[] arguments)
    {
        switch (arguments)
        {
            case [FuzzChild.Name, var target, var seed, var from, var count]:
                FuzzChild.Run(target, Number(seed), Number(from), Number(count), Say);
                break;
            case [KilledTraining.Name, var kind, var folder]:
                KilledTraining.Run(kind, folder, Say);
                break;
            case [KilledSave.Name, var kind, var folder]:
                KilledSave.Run(kind, folder, Say);
                break;
            default:
                throw new ArgumentException($"Unknown arguments: {string.Join(' ', arguments)}", nameof(arguments));
        }
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
