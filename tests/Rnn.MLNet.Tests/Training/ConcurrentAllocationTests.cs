namespace Rnn.MLNet.Tests.Training;

/// <summary>What a web server or a data loader does all the time: another thread of the process allocates while a network is trained.</summary>
[Collection(nameof(Alone))]
public sealed class ConcurrentAllocationTests
{
    [Fact]
    public void A_fit_does_not_depend_on_the_garbage_collector()
    {
        // A small network, and all that takes a number: a loop with clips, dropout, the clip of the gradient.
        var options = SyntheticSequences.Options with
        {
            Cell = new LstmCell(2) { CellClip = 2 },
            Layers = 2,
            Dropout = 0.1,
            GradientClipNorm = 1e-3,
            WeightDecay = 0.01,
            Epochs = 12,
            BatchSize = 4,
        };
        using var alone = SyntheticSequences.Fit(options);
        var stop = false;
        // Collections as often as can be, to see in a second what otherwise takes an hour.
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
                Thread.Sleep(1);
            }
        });
        collector.Start();
        try
        {
            using var beside = SyntheticSequences.Fit(options);

            Assert.Equal(alone.WeightBits(), beside.WeightBits());
        }
        finally
        {
            Volatile.Write(ref stop, true);
            collector.Join();
        }
    }
}
