using Rnn.MLNet.Benchmarks.Reliability.Kill;

namespace Rnn.MLNet.Tests.Situations;

/// <summary>A training or a save that the test kills.</summary>
internal sealed class KilledWork : ISituation
{
    public static int Main(string[] args)
    {
        Action<string, string, Action<string>> run = args[0] == KilledSave.Name ? KilledSave.Run : KilledTraining.Run;
        run(args[1], args[2], line =>
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        });
        return 0;
    }
}
