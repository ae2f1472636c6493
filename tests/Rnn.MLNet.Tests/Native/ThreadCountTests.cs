using Rnn.MLNet.Tests.Situations;

namespace Rnn.MLNet.Tests.Native;

/// <summary>Whatever this library does, the application's numbers of libtorch threads stay as they are.</summary>
[Collection(nameof(Alone))]
public sealed class ThreadCountTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { Threads = 2, BatchSize = 32, Epochs = 4 };

    [Fact]
    public void Fits_and_scorings_that_overlap_leave_the_process_as_it_was()
    {
        var (before, own) = (ThreadCount.OfNewThread(), torch.get_num_threads());
        Assert.SkipUnless(Environment.ProcessorCount > 1, "It needs two processors.");
        Assert.True(before > 1, "Something before this test has left the process with one libtorch thread.");
        using var model = SyntheticSequences.Fit(Options);
        var context = new MLContext(seed: 1);
        using var barrier = new Barrier(6);
        var threads = Enumerable.Range(0, 6).Select(i => new Thread(() =>
        {
            for (var round = 0; round < 4; round++)
            {
                barrier.SignalAndWait();
                if (i < 4)
                {
                    SyntheticSequences.Fit(Options with { Epochs = 1 + i }).Dispose();
                }
                else
                {
                    Assert.NotEmpty(model.Transform(SyntheticSequences.Keyed(context, 300)).Keys());
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(before, ThreadCount.OfNewThread());
        Assert.Equal(own, torch.get_num_threads());
    }

    [Fact]
    public void A_number_that_the_application_set_stays_during_a_fit_and_after_it()
    {
        // Not of this thread, which may have come to libtorch for the first time while other threads were starting.
        var before = ThreadCount.OfNewThread();
        var (during, ofNewThread) = (new List<int>(), new List<int>());
        try
        {
            torch.set_num_threads(3);
            SyntheticSequences.Fit(Options with { Progress = new Report(() => ofNewThread.Add(ThreadCount.OfNewThread())) }).Dispose();
            during.Add(torch.get_num_threads());
        }
        finally
        {
            torch.set_num_threads(before);
        }

        Assert.Equal([3], during);
        Assert.NotEmpty(ofNewThread);
        Assert.All(ofNewThread, number => Assert.Equal(3, number));
    }

    [Fact]
    public async Task Threads_that_cannot_be_started_leave_it_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It limits the memory of a process.");
        var lines = (await ChildProcess.Run<TooManyThreads>()).Succeeded().Split('\n');

        Assert.StartsWith("InvalidOperationException: Training 1 layers of BasicLstmCell", lines[0]);
        Assert.Contains("takes more memory than there is", lines[0]);
        Assert.Equal("libtorch threads as before: True", lines[1]);
    }

    private sealed class Report(Action action) : IProgress<TrainingProgress>
    {
        void IProgress<TrainingProgress>.Report(TrainingProgress value) => action();
    }
}
