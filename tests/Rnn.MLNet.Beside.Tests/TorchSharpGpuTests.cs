using Microsoft.ML;
using Microsoft.ML.TorchSharp;
using TorchSharp;
using Xunit;

namespace Rnn.MLNet.Tests.Beside;

/// <summary>A context that asks for a GPU where there is none: both libraries refuse, or use the CPU if they may.</summary>
public sealed class TorchSharpGpuTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("beside-");
    private readonly MLContext _context;
    private readonly List<string> _warnings = [];

    public TorchSharpGpuTests()
    {
        Assert.SkipWhen(torch.cuda_is_available(), "It needs a machine without a GPU.");
        StandInWeights.Write(_folder);
        _context = new MLContext(seed: 1) { GpuDeviceId = 0, TempFilePath = _folder.FullName };
        _context.Log += (_, line) =>
        {
            if (line.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
            {
                _warnings.Add(line.RawMessage);
            }
        };
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_leave_to_fall_back_both_refuse()
    {
        Assert.Equal("Fallback to CPU is false but no GPU detected", Assert.ThrowsAny<Exception>(FitTheirs).Message);
        Assert.StartsWith(
            "GpuDeviceId of the MLContext is 0, but libtorch finds no CUDA GPU, and FallbackToCpu of the MLContext is false.",
            Assert.Throws<InvalidOperationException>(FitOurs).Message);
    }

    /// <summary>Theirs goes on to train, which needs a method that TorchSharp 0.107.0 does not have.</summary>
    [Fact]
    public void With_it_both_use_the_CPU_and_ours_says_so()
    {
        _context.FallbackToCpu = true;

        Assert.Throws<MissingMethodException>(FitTheirs);
        Assert.Empty(_warnings);
        FitOurs();
        Assert.StartsWith("GpuDeviceId of the MLContext is 0, but libtorch finds no CUDA GPU: the network runs on the CPU", Assert.Single(_warnings));
    }

    /// <summary>Object detection asks for the device before it makes its network or downloads anything.</summary>
    private void FitTheirs() => _context.Transforms.Conversion.MapValueToKey(nameof(Document.Objects))
        .Append(_context.MulticlassClassification.Trainers.ObjectDetection(nameof(Document.Objects), boundingBoxColumnName: nameof(Document.Boxes)))
        .Fit(_context.Data.LoadFromEnumerable(Document.Some(4)));

    private void FitOurs() => _context.Transforms.Conversion.MapValueToKey("Label")
        .Append(_context.Transforms.RnnClassifier(new RnnClassifierOptions { TimeSteps = Document.Steps, Cell = new GruCell(2), MaxSteps = 1 }))
        .Fit(_context.Data.LoadFromEnumerable(Document.Some(4))).Dispose();
}
