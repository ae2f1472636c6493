using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;

namespace Rnn.MLNet.Tests.Saving;

/// <summary>LoadRnn on a context that asks for a GPU, where ONNX Runtime and libtorch have none. ML.NET's own Load fails there.</summary>
public sealed class LoadOnGpuTests : IDisposable
{
    private readonly MLContext _context = new() { GpuDeviceId = 0, FallbackToCpu = true };
    private readonly List<string> _warnings = [];
    private readonly TemporaryFile _file = new(".zip");

    public LoadOnGpuTests()
    {
        Assert.SkipWhen(torch.cuda_is_available(), "It needs a machine without a GPU.");
        _context.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Warning)
            {
                _warnings.Add(line.RawMessage);
            }
        };
    }

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Networks_of_this_library_follow_the_rule_of_training()
    {
        var data = SyntheticSequences.Keyed(_context, 24);
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1, Device = RnnDevice.Cpu });
        model.SaveTo(_file.Path, data.Schema);
        Assert.IsType<EntryPointNotFoundException>(Assert.ThrowsAny<Exception>(() => _context.Model.Load(_file.Path, out _)).GetBaseException());

        using var loaded = _context.Model.LoadRnn(_file.Path, out var schema);

        Assert.Equal(model.Transform(data).Scores(), loaded.Transform(data).Scores());
        Assert.Equal(data.Schema.Select(column => column.Name), schema.Select(column => column.Name));
        Assert.StartsWith("GpuDeviceId of the MLContext is 0, but libtorch finds no CUDA GPU: the network runs on the CPU", Assert.Single(_warnings));
        _warnings.Clear();
        using var onCpu = _context.Model.LoadRnn(_file.Path, out _, RnnDevice.Cpu);
        Assert.Empty(_warnings);
        _context.FallbackToCpu = false;
        Assert.StartsWith("GpuDeviceId of the MLContext is 0", Assert.Throws<InvalidOperationException>(() => _context.Model.LoadRnn(_file.Path, out _)).Message);
        using var stillOnCpu = _context.Model.LoadRnn(_file.Path, out _, RnnDevice.Cpu);
        Assert.Throws<InvalidOperationException>(() => _context.Model.LoadRnn(_file.Path, out _, RnnDevice.Cuda));
    }

    [Fact]
    public void Other_ONNX_models_are_on_the_processor_if_the_context_allows_it()
    {
        var context = new MLContext(1);
        var data = context.Transforms.CopyColumns("features", "Features").Fit(SyntheticSequences.Keyed(context, 24)).Transform(SyntheticSequences.Keyed(context, 24));
        using (var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1, Device = RnnDevice.Cpu }))
        {
            model.ExportOnnx(_file.Path);
        }

        using var foreign = new MemoryStream();
        context.Model.Save(context.Transforms.ApplyOnnxModel(["probabilities"], ["features"], _file.Path).Fit(data), data.Schema, foreign);
        foreign.Position = 0;

        using var loaded = _context.Model.LoadRnn(foreign, out _);

        Assert.IsType<OnnxTransformer>(Assert.Single(loaded));
        Assert.StartsWith("GpuDeviceId of the MLContext is 0, but ONNX Runtime cannot run the ONNX models of this model there: ", Assert.Single(_warnings));
        _context.FallbackToCpu = false;
        foreign.Position = 0;
        Assert.EndsWith("FallbackToCpu of the MLContext is false.", Assert.Throws<InvalidOperationException>(() => _context.Model.LoadRnn(foreign, out _)).Message);
    }

    [Fact]
    public void What_is_no_model_is_said_to_be_none()
    {
        Assert.StartsWith(
            "It is not a zip, or not a whole one.", Assert.Throws<InvalidDataException>(() => _context.Model.LoadRnn(new MemoryStream([1, 2, 3]), out _)).Message);
    }
}
