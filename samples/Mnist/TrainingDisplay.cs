using Spectre.Console;

namespace Mnist;

/// <summary>Shows the progress of training: a progress bar on a terminal, otherwise one line per epoch.</summary>
internal static class TrainingDisplay
{
    public static T Show<T>(Func<IProgress<TrainingProgress>, T> train)
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected || !console.Profile.Capabilities.Ansi)
        {
            return train(new Listener(progress =>
            {
                if (progress.EpochEnded)
                {
                    Console.WriteLine(EpochLine(progress));
                }
            }));
        }

        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 12 },
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                var bar = context.AddTask("reading the images");
                return train(new Listener(progress =>
                {
                    bar.MaxValue = progress.TotalSteps;
                    bar.Value = progress.Step;
                    bar.Description = $"{Epoch(progress)}  loss {progress.Loss:F4}  {progress.SamplesPerSecond:N0} rows/s";
                    if (progress.EpochEnded)
                    {
                        console.WriteLine(EpochLine(progress));
                    }
                }));
            });
    }

    private static string EpochLine(TrainingProgress progress) =>
        $"{Epoch(progress)}  loss {progress.Loss:F4}  accuracy {progress.Accuracy:P2}  {progress.SamplesPerSecond,6:N0} rows/s";

    private static string Epoch(TrainingProgress progress)
    {
        string epochs = progress.Epochs.ToString();
        return $"epoch {progress.Epoch.ToString().PadLeft(epochs.Length)}/{epochs}";
    }

    /// <summary>Reports synchronously, on the training thread; <see cref="Progress{T}"/> would report later, on another thread.</summary>
    private sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
