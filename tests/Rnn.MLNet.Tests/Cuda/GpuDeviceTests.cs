using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Cuda;

/// <summary>Which device is taken, what is left of a training on it, and what is said where it does not suffice.</summary>
[Collection(nameof(Alone))]
public sealed class GpuDeviceTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly ConcurrentQueue<string> _messages = new();

    public GpuDeviceTests()
    {
        Gpu.Require();
        _context.Log += (_, line) => _messages.Enqueue(line.Message);
    }

    public void Dispose() => (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32) = (true, false);

    [Theory]
    [InlineData(RnnDevice.Auto, "CUDA")]
    [InlineData(RnnDevice.Cuda, "CUDA")]
    [InlineData(RnnDevice.Cpu, "CPU")]
    public void The_device_is_the_one_that_was_asked_for(RnnDevice device, string expected)
    {
        using var model = _context.Transforms.RnnClassifier(Gpu.Options with { Device = device, MaxSteps = 1 }).Fit(SyntheticSequences.Keyed(_context, 30));

        Assert.Contains(_messages, line => line.Contains($": {expected}, ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RnnDevice.Auto)]
    [InlineData(RnnDevice.Cuda)]
    public void Or_the_one_that_the_context_asks_for(RnnDevice device)
    {
        _context.GpuDeviceId = torch.cuda.device_count() - 1;
        var data = SyntheticSequences.Keyed(_context, 30);
        using var model = _context.Transforms.RnnClassifier(Gpu.Options with { Device = device, MaxSteps = 1 }).Fit(data);
        using var zip = new MemoryStream();
        new MLContext().Model.Save(model, data.Schema, zip);
        zip.Position = 0;
        using var loaded = _context.Model.LoadRnn(zip, out _, device);

        Assert.Contains(_messages, line => line.Contains(": CUDA, ", StringComparison.Ordinal));
        Assert.DoesNotContain(_messages, line => line.Contains("GpuDeviceId", StringComparison.Ordinal));
        ScoreColumns.AssertAgree(model.Transform(data).Scores(), loaded.Transform(data).Scores(), 0);
    }

    [Fact]
    public void A_GPU_that_is_not_there_is_replaced_by_the_processor_or_refused()
    {
        var data = SyntheticSequences.Keyed(_context, 30);
        (_context.GpuDeviceId, _context.FallbackToCpu) = (torch.cuda.device_count(), true);
        _context.Transforms.RnnClassifier(Gpu.Options with { Device = RnnDevice.Auto, MaxSteps = 1 }).Fit(data).Dispose();

        Assert.Contains(_messages, line => line.Contains(": CPU, ", StringComparison.Ordinal));
        Assert.Contains(_messages, line => line.Contains($"GpuDeviceId of the MLContext is {_context.GpuDeviceId}, but libtorch finds only", StringComparison.Ordinal));
        Assert.Throws<InvalidOperationException>(() => _context.Transforms.RnnClassifier(Gpu.Options with { MaxSteps = 1 }).Fit(data));
        _context.FallbackToCpu = false;
        Assert.Throws<InvalidOperationException>(() => _context.Transforms.RnnClassifier(Gpu.Options with { Device = RnnDevice.Auto, MaxSteps = 1 }).Fit(data));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Rounding_of_products_is_the_applications_own_again(bool cudnn, bool products)
    {
        using var expected = SyntheticSequences.Fit(Gpu.Options with { Cell = new BasicLstmCell(64) });
        (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32) = (cudnn, products);
        using var model = SyntheticSequences.Fit(Gpu.Options with { Cell = new BasicLstmCell(64) });
        Assert.Equal(expected.WeightBits(), model.WeightBits());
        var scores = model.Transform(SyntheticSequences.Keyed(_context, 50)).Scores();

        Assert.Equal((cudnn, products), (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32));
        ScoreColumns.AssertAgree(expected.Transform(SyntheticSequences.Keyed(_context, 50)).Scores(), scores, 0);
    }

    /// <summary>libtorch keeps what was freed for what comes next, so what counts is that it takes no more.</summary>
    [Fact]
    public void Fits_and_scores_leave_nothing_on_the_GPU()
    {
        void Work()
        {
            using var model = SyntheticSequences.Fit(Gpu.Options with { Cell = new BasicLstmCell(256), Layers = 2, ValidationFraction = 0.2, EarlyStoppingPatience = 2 });
            _ = model.Transform(SyntheticSequences.Keyed(_context, 300)).Scores();
        }

        for (var i = 0; i < 3; i++)
        {
            Work();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (tensors, megabytes) = (Tensor.TotalCount, MegabytesInUse());
        for (var i = 0; i < 15; i++)
        {
            Work();
        }

        Assert.Equal(tensors, Tensor.TotalCount);
        Assert.InRange(MegabytesInUse(), 0, megabytes + 20);
    }

    [Fact]
    public void Too_much_for_the_GPU_is_said_in_words_and_the_next_training_runs()
    {
        const int Steps = 2000;
        var rows = Enumerable.Range(0, 8192).Select(i => new Long { Features = new float[Steps], Label = (uint)(i % 2) }).ToList();
        var data = _context.Data.LoadFromEnumerable(rows);
        var options = Gpu.Options with { Cell = new BasicLstmCell(2048), TimeSteps = Steps, BatchSize = rows.Count, MaxSteps = 1 };

        var error = Assert.Throws<InvalidOperationException>(() => _context.Transforms.RnnClassifier(options).Fit(data));

        Assert.True(error.Message.Contains("takes more memory than there is. Lower BatchSize", StringComparison.Ordinal), error.Message);
        Assert.True(error.Message.Contains("out of memory", StringComparison.Ordinal), error.Message);
        using var next = SyntheticSequences.Fit(Gpu.Options);
        Assert.Equal(3, next.History.Epochs.Count);
    }

    private static int MegabytesInUse()
    {
        var start = new ProcessStartInfo("nvidia-smi", "--query-gpu=memory.used --format=csv,noheader,nounits") { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return int.Parse(output.Split('\n')[0], CultureInfo.InvariantCulture);
    }

    private sealed class Long
    {
        [VectorType(2000)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }
    }
}
