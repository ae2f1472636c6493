namespace Rnn.MLNet.Comparison;

/// <summary>Reads the data on a thread of its own, which is left behind if it does not stop when it is told to.</summary>
internal static class DataReading
{
    /// <summary>The data; null if the budget or the token ended the reading.</summary>
    public static ExperimentData? Run(Func<ExperimentData> read, CancellationToken stop)
    {
        var outcome = new TaskCompletionSource<ExperimentData>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                outcome.SetResult(read());
            }
            catch (Exception exception)
            {
                outcome.SetException(exception);
            }
        })
        { Name = "Rnn.MLNet experiment's data", IsBackground = true }.Start();

        Task.WaitAny(outcome.Task, Task.Delay(Timeout.InfiniteTimeSpan, stop));
        if (stop.IsCancellationRequested)
        {
            Task.WaitAny([outcome.Task], TrialRunner.Grace);
            return outcome.Task.IsCompletedSuccessfully ? outcome.Task.Result : null;
        }

        return outcome.Task.GetAwaiter().GetResult();
    }
}
