namespace Rnn.MLNet.Experiments.Trials;

/// <summary>
/// Runs user code, such as reading the data, on a background thread, which is abandoned if it does not stop in time when cancelled.
/// </summary>
internal static class OwnThread
{
    /// <summary>Returns the result of <paramref name="run"/>; null if it did not finish before cancellation and the grace period after it.</summary>
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
