using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>The contexts of trials have what the experiment's context has, and say to it what they warn of.</summary>
public sealed class TrialContextsTests
{
    private readonly MLContext _context = new(seed: 1) { TempFilePath = Path.GetTempPath() };
    private readonly ConcurrentQueue<string> _warnings = new();

    public TrialContextsTests() => _context.Log += (_, line) =>
    {
        if (line.Kind == ChannelMessageKind.Warning)
        {
            _warnings.Enqueue(line.RawMessage);
        }
    };

    [Fact]
    public void The_GPU_and_the_temporary_folder_of_the_experiments_context()
    {
        (_context.GpuDeviceId, _context.FallbackToCpu) = (5, true);
        var found = new List<(int?, bool, string?)>();

        _context.MulticlassClassification.CreateRnnExperiment(SmallExperiments.Settings)
            .Add("any", context =>
            {
                found.Add((context.GpuDeviceId, context.FallbackToCpu, context.TempFilePath));
                return SmallExperiments.Bayes(context);
            })
            .Execute(Bar.View(60), Bar.View(30, seed: 2));

        Assert.Equal([(5, true, _context.TempFilePath)], found);
    }

    [Fact]
    public void A_warning_reaches_the_experiments_log_once()
    {
        Assert.SkipWhen(torch.cuda_is_available(), "It needs a machine without a GPU.");
        (_context.GpuDeviceId, _context.FallbackToCpu) = (0, true);

        var result = _context.MulticlassClassification.CreateRnnExperiment(SmallExperiments.Settings)
            .Add("first", SmallExperiments.Network)
            .Add("second", SmallExperiments.Network)
            .Execute(Bar.View(60), Bar.View(30, seed: 2));

        Assert.All(result.RunDetails, run => Assert.Null(run.Reason));
        Assert.StartsWith("first: GpuDeviceId of the MLContext is 0, but libtorch finds no CUDA GPU: ", Assert.Single(_warnings));
    }

    [Fact]
    public void A_GPU_that_is_required_and_missing_is_the_reason_of_a_row()
    {
        Assert.SkipWhen(torch.cuda_is_available(), "It needs a machine without a GPU.");
        _context.GpuDeviceId = 0;

        var result = _context.MulticlassClassification.CreateRnnExperiment(SmallExperiments.Settings)
            .Add("network", SmallExperiments.Network)
            .Add("other", SmallExperiments.Bayes)
            .Execute(Bar.View(60), Bar.View(30, seed: 2));

        Assert.StartsWith("InvalidOperationException: GpuDeviceId of the MLContext is 0, but libtorch finds no CUDA GPU, and FallbackToCpu of the MLContext is false.", result.RunDetails[0].Reason);
        Assert.Equal("other", result.BestRun!.TrainerName);
    }

    [Fact]
    public void A_trial_that_is_cut_short_ends_with_what_it_said_last()
    {
        var settings = SmallExperiments.Settings with { MaxTrialTimeInSeconds = 0.5 };
        using var goOn = new ManualResetEventSlim();

        var result = _context.MulticlassClassification.CreateRnnExperiment(settings)
            .Add("deaf", context => new StubEstimator(ScriptedRow.Model(context), _ =>
            {
                using var channel = MLNetAccessors.EnvironmentOf(context.Transforms).Start("deaf");
                channel.Warning(MessageSensitivity.None, "The first try failed.");
                channel.Info(MessageSensitivity.None, "Downloading a file.");
                channel.Trace(MessageSensitivity.None, "not this");
                goOn.Wait(Hang.Limit);
            }))
            .Execute(Bar.View(60), Bar.View(30, seed: 2));
        goOn.Set();

        Assert.Equal(
            "TimeoutException: The trial's time, 0.5 s, was over while it was fitting. Its last warning was: The first try failed. Its last message was: Downloading a file.",
            result.RunDetails[0].Reason);
        Assert.Equal("deaf: The first try failed.", Assert.Single(_warnings));
    }
}
