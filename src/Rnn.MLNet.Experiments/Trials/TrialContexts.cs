using Microsoft.ML.Runtime;
using Rnn.MLNet.Native;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>
/// Creates the contexts of trials, which have the GPU and the temporary folder of the experiment's context. Their warnings reach its log, each once.
/// </summary>
/// <param name="environment">The environment of the experiment's context.</param>
/// <param name="seed">The seed of all contexts.</param>
internal sealed class TrialContexts(IHostEnvironment environment, int seed)
{
    private readonly HashSet<string> _warnings = [];

    /// <summary>Creates a context.</summary>
    /// <param name="candidate">The name of the candidate.</param>
    /// <param name="listen">Receives what is written to the log of the context, except traces, on the thread that writes.</param>
    public MLContext Create(string candidate, Action<ChannelMessageKind, string> listen)
    {
        var gpu = MLNetAccessors.GpuSettingsOf(environment);
        var context = new MLContext(seed) { GpuDeviceId = gpu.DeviceId, FallbackToCpu = gpu.FallbackToCpu };
        if (MLNetAccessors.TempFilePathOf(environment) is { } folder)
        {
            context.TempFilePath = folder;
        }

        context.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Trace)
            {
                return;
            }

            listen(line.Kind, line.RawMessage);
            if (line.Kind == ChannelMessageKind.Warning)
            {
                Warn(candidate, line.RawMessage);
            }
        };
        return context;
    }

    private void Warn(string candidate, string message)
    {
        // Trials may run concurrently, and a listener of the log need not expect several threads.
        lock (_warnings)
        {
            if (_warnings.Add(message))
            {
                using var channel = environment.Start("RnnExperiment");
                channel.Warning(MessageSensitivity.None, $"{candidate}: {message}");
            }
        }
    }
}
