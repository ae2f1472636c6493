namespace Rnn.MLNet.Experiments.Trials;

/// <summary>Runs what is the user's, such as reading the data, on a thread of its own, which is abandoned if it does not stop when it is told to.</summary>
internal static class OwnThread
{
    /// <summary>What it gave; null if the budget or the token ended the waiting.</summary>
    public static T? Run<T>(string name, Func<T> run, CancellationToken stop)
        where T : class
    {
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                outcome.SetResult(run());
            }
            catch (Exception exception)
            {
                outcome.SetException(exception);
            }
        })
        { Name = name, IsBackground = true }.Start();

        Task.WaitAny(outcome.Task, Task.Delay(Timeout.InfiniteTimeSpan, stop));
        if (stop.IsCancellationRequested)
        {
            Task.WaitAny([outcome.Task], TrialRunner.Grace);
            return outcome.Task.IsCompletedSuccessfully ? outcome.Task.Result : null;
        }

        return outcome.Task.GetAwaiter().GetResult();
    }
}
