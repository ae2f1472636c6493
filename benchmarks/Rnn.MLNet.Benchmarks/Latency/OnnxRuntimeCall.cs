using Microsoft.ML.OnnxRuntime;
using Rnn.MLNet.Benchmarks.Scoring;

namespace Rnn.MLNet.Benchmarks.Latency;

/// <summary>A direct ONNX Runtime call for one row, as fast as possible: the input and output buffers are bound once and reused.</summary>
internal sealed class OnnxRuntimeCall : IDisposable
{
    private static readonly string[] Inputs = [LabelledSequence.FeatureColumn];
    private static readonly string[] Outputs = [TrainedModel.OnnxOutput];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly float[] _values = new float[NetworkShape.Steps * NetworkShape.Features];
    private readonly OrtValue[] _input;
    private readonly OrtValue[] _output;

    public OnnxRuntimeCall(string onnxPath, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        _session = new InferenceSession(onnxPath, options);
        _input = [OrtValue.CreateTensorValueFromMemory(_values, [1, NetworkShape.Steps, NetworkShape.Features])];
        _output = [OrtValue.CreateTensorValueFromMemory(Scores, [1, NetworkShape.Classes])];
    }

    /// <summary>The scores of the last row.</summary>
    public float[] Scores { get; } = new float[NetworkShape.Classes];

    public void Score(LabelledSequence row)
    {
        row.Features.CopyTo(_values, 0);
        _session.Run(_options, Inputs, _input, Outputs, _output);
    }

    public void Dispose()
    {
        _input[0].Dispose();
        _output[0].Dispose();
        _session.Dispose();
        _options.Dispose();
    }
}
