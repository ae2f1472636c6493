using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.Native;

/// <summary>The device that the option and the context mean together, on machines with any number of GPUs.</summary>
public sealed class DeviceChoiceTests
{
    private readonly List<string> _warnings = [];

    [Theory]
    [InlineData(RnnDevice.Auto, null, 0, "cpu")]
    [InlineData(RnnDevice.Auto, null, 2, "cuda")]
    [InlineData(RnnDevice.Auto, 0, 1, "cuda:0")]
    [InlineData(RnnDevice.Auto, 1, 2, "cuda:1")]
    [InlineData(RnnDevice.Cuda, null, 1, "cuda")]
    [InlineData(RnnDevice.Cuda, 1, 2, "cuda:1")]
    [InlineData(RnnDevice.Cpu, null, 2, "cpu")]
    [InlineData(RnnDevice.Cpu, 1, 2, "cpu")]
    [InlineData(RnnDevice.Cpu, 1, 0, "cpu")]
    public void What_is_there_is_used_without_a_word(RnnDevice device, int? id, int gpus, string expected)
    {
        Assert.All(
            [true, false],
            fallback => Assert.Equal(expected, DeviceChoice.Of(device, new GpuSettings(id, fallback), gpus, _warnings.Add).ToString()));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(0, 0, "GpuDeviceId of the MLContext is 0, but libtorch finds no CUDA GPU: ", "Reference TorchSharp-cuda-linux or TorchSharp-cuda-windows")]
    [InlineData(1, 1, "GpuDeviceId of the MLContext is 1, but libtorch finds only GPU 0: ", "Set GpuDeviceId to a GPU that is there.")]
    [InlineData(7, 4, "GpuDeviceId of the MLContext is 7, but libtorch finds only the GPUs 0 to 3: ", "Set GpuDeviceId to a GPU that is there.")]
    [InlineData(-1, 4, "GpuDeviceId of the MLContext is -1, but libtorch finds only the GPUs 0 to 3: ", "Set GpuDeviceId to a GPU that is there.")]
    public void What_is_missing_is_replaced_with_a_warning(int id, int gpus, string start, string advice)
    {
        Assert.Equal("cpu", DeviceChoice.Of(RnnDevice.Auto, new GpuSettings(id, true), gpus, _warnings.Add).ToString());

        var warning = Assert.Single(_warnings);
        Assert.StartsWith(start + "the network runs on the CPU, because FallbackToCpu of the MLContext is true. To use a GPU: ", warning);
        Assert.Contains(advice, warning);
    }

    [Theory]
    [InlineData(RnnDevice.Auto, 0, false, 0, "GpuDeviceId of the MLContext is 0, but libtorch finds no CUDA GPU, and FallbackToCpu of the MLContext is false. Reference TorchSharp-cuda-linux or")]
    [InlineData(RnnDevice.Auto, 2, false, 2, "GpuDeviceId of the MLContext is 2, but libtorch finds only the GPUs 0 to 1, and FallbackToCpu of the MLContext is false. Set GpuDeviceId to")]
    [InlineData(RnnDevice.Cuda, 2, true, 1, "GpuDeviceId of the MLContext is 2, but libtorch finds only GPU 0, and Device is Cuda. Set GpuDeviceId to")]
    [InlineData(RnnDevice.Cuda, -1, true, 0, "GpuDeviceId of the MLContext is -1, but libtorch finds no CUDA GPU, and Device is Cuda. Reference TorchSharp-cuda-linux or")]
    [InlineData(RnnDevice.Cuda, null, true, 0, "Device is Cuda, but libtorch finds no CUDA GPU. Reference TorchSharp-cuda-linux or")]
    public void Or_refused(RnnDevice device, int? id, bool fallback, int gpus, string message)
    {
        Assert.StartsWith(message, Assert.Throws<InvalidOperationException>(() => DeviceChoice.Of(device, new GpuSettings(id, fallback), gpus, _warnings.Add)).Message);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void On_this_machine_without_a_GPU()
    {
        SkipWithGpu();
        var context = new MLContext { GpuDeviceId = 0, FallbackToCpu = true };
        context.Log += (_, line) => _warnings.Add($"{line.Kind}: {line.RawMessage}");
        var environment = MLNetAccessors.EnvironmentOf(context.Transforms);

        Assert.Equal("cpu", DeviceChoice.Of(RnnDevice.Auto, environment).ToString());

        Assert.Contains(_warnings, warning => warning.StartsWith("Warning: GpuDeviceId of the MLContext is 0", StringComparison.Ordinal));
        Assert.Throws<InvalidOperationException>(() => DeviceChoice.Of(RnnDevice.Cuda, environment));
    }

    [Fact]
    public void Training_asks_the_context_when_it_begins_and_before_it_reads()
    {
        SkipWithGpu();
        var context = new MLContext(seed: 1);
        var estimator = context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 1 });
        var data = new ObservedView(SyntheticSequences.Keyed(context, 24));
        context.GpuDeviceId = 0;

        var error = Assert.Throws<InvalidOperationException>(() => estimator.Fit(data));

        Assert.StartsWith("GpuDeviceId of the MLContext is 0", error.Message);
        Assert.Equal(0, data.RowsRead);
        context.FallbackToCpu = true;
        Assert.Contains("GpuDeviceId", WarningsOf(context, () => estimator.Fit(data).Dispose()));
        context.GpuDeviceId = null;
        Assert.Equal("", WarningsOf(context, () => estimator.Fit(data).Dispose()));
    }

    [Fact]
    public void So_do_given_weights()
    {
        SkipWithGpu();
        var context = new MLContext(seed: 1) { GpuDeviceId = 0 };
        var estimator = context.Transforms.RnnClassifierFromTensorFlow(SyntheticSequences.Options, new TensorFlowWeights { Layers = [], OutputKernel = new([0], 1), OutputBias = new([0], 1) });

        Assert.StartsWith(
            "GpuDeviceId of the MLContext is 0", Assert.Throws<InvalidOperationException>(() => estimator.Fit(SyntheticSequences.Keyed(context, 24))).Message);
    }

    private static string WarningsOf(MLContext context, Action action)
    {
        var warnings = new ConcurrentQueue<string>();
        void Listen(object? sender, LoggingEventArgs line)
        {
            if (line.Kind == ChannelMessageKind.Warning)
            {
                warnings.Enqueue(line.RawMessage);
            }
        }

        context.Log += Listen;
        action();
        context.Log -= Listen;
        return string.Join("\n", warnings);
    }

    private static void SkipWithGpu() => Assert.SkipWhen(torch.cuda_is_available(), "It needs a machine without a GPU.");
}
