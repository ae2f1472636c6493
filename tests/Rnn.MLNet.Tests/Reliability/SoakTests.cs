using Rnn.MLNet.Benchmarks.Reliability.Soak;
using Rnn.MLNet.Tests.Native;

namespace Rnn.MLNet.Tests.Reliability;

/// <summary>What <c>--soak</c> of the benchmarks does for minutes: several threads that train, score, save, load, resume, cancel and compare.</summary>
[Collection(nameof(Alone))]
public sealed class SoakTests
{
    [Fact]
    public void Two_threads_that_do_everything_leak_nothing()
    {
        var temporary = Directory.CreateTempSubdirectory("rnn-soak-");
        try
        {
            SoakWork[] work = [new(Path.Combine(temporary.FullName, "0")), new(Path.Combine(temporary.FullName, "1"))];
            Run(work);
            var before = SoakSample.Take(temporary.FullName);
            var threads = ProcessThreads.Count();
            // Of tensors, what the second run leaves alone, and nothing of what went before.
            using (new SuspendedFinalizers())
            {
                var tensors = torch.Tensor.TotalCount;
                Run(work);
                Assert.Equal(tensors, torch.Tensor.TotalCount);
            }

            var after = SoakSample.Take(temporary.FullName);
            Assert.Equal(before.TemporaryFiles, after.TemporaryFiles);
            Assert.InRange(after.Handles - before.Handles, int.MinValue, 8);
            Assert.InRange(ProcessThreads.Count() - threads, int.MinValue, 8);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static void Run(SoakWork[] work) => Parallel.ForEach(work, part =>
    {
        for (var turn = 0; turn < 5; turn++)
        {
            part.Turn(new Random(turn));
        }
    });
}
