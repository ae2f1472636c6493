using System.Diagnostics;
using System.Globalization;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Data;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>Runs one trial within its time and says what came of it, come what may.</summary>
internal sealed class TrialRunner(ExperimentData data, RnnExperimentSettings settings, string folder)
{
    /// <summary>How long a trial may take to stop after it was told to, before it is abandoned.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>By the key, which is a trial's own; its number may be another one's when an experiment is resumed.</summary>
    public string ModelPath(string key) => Path.Combine(folder, $"model-{key}.zip");

    /// <summary>Runs a trial.</summary>
    /// <param name="plan">The trial.</param>
    /// <param name="limit">Its time; infinite if only the experiment's end bounds it.</param>
    /// <param name="stop">Cancelled when the whole experiment ends.</param>
    public async Task<TrialOutcome> Run(TrialPlan plan, TimeSpan limit, CancellationToken stop)
    {
        using var memory = new MemoryWatch(() => Environment.WorkingSet);
        var clock = Stopwatch.StartNew();
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var attempt = new TrialAttempt(plan, data, settings, ModelPath(plan.Key), cancellation.Token);
        cancellation.CancelAfter(limit);
        attempt.Start();

        await Task.WhenAny(attempt.Outcome, Task.Delay(Timeout.InfiniteTimeSpan, cancellation.Token)).ConfigureAwait(false);
        TimeSpan? toldToStop = null;
        var doing = "";
        if (cancellation.IsCancellationRequested)
        {
            // Whatever observes the token stops by itself, perhaps has stopped already.
            toldToStop = clock.Elapsed;
            doing = attempt.Doing;
            attempt.Cancel();
            await Task.WhenAny(attempt.Outcome, Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
        }

        var abandoned = !attempt.Outcome.IsCompleted && attempt.Abandon();
        var outcome = abandoned ? new TrialOutcome(plan.Row) : await attempt.Outcome.ConfigureAwait(false);
        if (!abandoned)
        {
            // An abandoned trial still holds the token.
            cancellation.Dispose();
        }

        // A trial that ended well in spite of all counts.
        var stopped = toldToStop is not null && outcome.Model is null;
        var exception = !stopped ? outcome.Run.Exception
            : stop.IsCancellationRequested ? new OperationCanceledException($"The experiment ended before the trial, which was {doing}.")
            : new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"The trial's time, {limit.TotalSeconds:F1} s, was over while it was {doing}."));
        return outcome with
        {
            IsFinal = !(stopped && stop.IsCancellationRequested),
            Run = outcome.Run with
            {
                RuntimeInSeconds = clock.Elapsed.TotalSeconds,
                ModelSizeInBytes = SizeOf(outcome.Model?.Path),
                PeakMemory = memory.Peak,
                Exception = exception,
                OvershootInSeconds = toldToStop is { } told ? (clock.Elapsed - told).TotalSeconds : null,
                Abandoned = abandoned,
            },
        };
    }

    private static long? SizeOf(string? path) => path is not null && new FileInfo(path) is { Exists: true } file ? file.Length : null;
}
