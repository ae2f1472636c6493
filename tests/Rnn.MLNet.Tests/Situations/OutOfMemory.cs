namespace Rnn.MLNet.Tests.Situations;

/// <summary>Memory runs out, here and there; then a fit that has enough of it.</summary>
internal sealed class OutOfMemory : ISituation
{
    public static int Main(string[] args)
    {
        var options = SyntheticSequences.Options with { Threads = 2, Device = RnnDevice.Cpu };
        SyntheticSequences.Fit(options).Dispose();
        var context = new MLContext(seed: 1);
        // The weights, the forward pass of a minibatch, and perhaps the backward pass.
        foreach (var (units, rows, more) in ((int, int, long)[])[(8000, 96, 1L << 29), (64, 60_000, 1L << 28), (64, 60_000, 5L << 27)])
        {
            var data = SyntheticSequences.Keyed(context, rows);
            using (new MemoryLimit(more))
            {
                Report(() => context.Transforms.RnnClassifier(options with { Cell = new GruCell(units), BatchSize = rows, MaxSteps = 1 }).Fit(data).Dispose());
            }
        }

        SyntheticSequences.Fit(options).Dispose();
        return 0;
    }

    /// <summary>Writes what an action throws.</summary>
    public static void Report(Action action)
    {
        try
        {
            action();
            Console.WriteLine("done");
        }
        catch (Exception exception)
        {
            Console.WriteLine($"{exception.GetType().Name}: {exception.Message}");
        }
    }
}
