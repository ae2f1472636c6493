using System.Diagnostics;
using System.Globalization;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Data;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>Runs a trial within its time limit. Every failure is part of the outcome, none is thrown.</summary>
internal sealed class TrialRunner(ExperimentData data, RnnExperimentSettings settings, TrialContexts contexts, string folder)
{
    /// <summary>The time that a cancelled trial has to stop before it is abandoned.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Returns the path of a trial's model. It depends on the key, because trial numbers may change when an experiment is resumed.</summary>
    public string ModelPath(string key) => Path.Combine(folder, $"model-{key}.zip");

    /// <summary>Runs a trial.</summary>
    /// <param name="plan">The trial to run.</param>
    /// <param name="limit">The time limit of the trial; infinite if only the end of the experiment limits it.</param>
    /// <param name="stop">Cancelled when the experiment ends.</param>
    public async Task<TrialOutcome> Run(TrialPlan plan, TimeSpan limit, CancellationToken stop)
    {
        using var memory = new MemoryWatch(() => Environment.WorkingSet);
        var clock = Stopwatch.StartNew();
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var attempt = new TrialAttempt(plan, data, settings, contexts, ModelPath(plan.Key), cancellation.Token);
        cancellation.CancelAfter(limit);
        attempt.Start();

        await Task.WhenAny(attempt.Outcome, Task.Delay(Timeout.InfiniteTimeSpan, cancellation.Token)).ConfigureAwait(false);
        TimeSpan? toldToStop = null;
        var (doing, log) = ("", "");
        if (cancellation.IsCancellationRequested)
        {
            // Code that observes the token may already have stopped; Cancel reaches the rest.
            toldToStop = clock.Elapsed;
            (doing, log) = (attempt.Doing, attempt.EndOfLog);
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

        // A trial that succeeded despite being cancelled counts.
        var stopped = toldToStop is not null && outcome.Model is null;
        var exception = !stopped ? outcome.Run.Exception
            : stop.IsCancellationRequested ? new OperationCanceledException($"The experiment ended before the trial, which was {doing}.{log}")
            : new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"The trial's time, {limit.TotalSeconds:F1} s, was over while it was {doing}.{log}"));
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
