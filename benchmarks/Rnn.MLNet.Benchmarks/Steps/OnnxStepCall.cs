using Microsoft.ML.OnnxRuntime;

namespace Rnn.MLNet.Benchmarks.Steps;

/// <summary>
/// Steps with ONNX Runtime, as fast as possible: one thread, and all buffers are bound once and reused. Two buffers for the state take turns as input
/// and output.
/// </summary>
internal sealed class OnnxStepCall : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly float[] _features = new float[NetworkShape.Features];
    private readonly float[] _scores = new float[NetworkShape.Classes];
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[][] _inputs;
    private readonly OrtValue[][] _outputs;
    private int _turn;

    public OnnxStepCall(RnnClassifierTransformer model, int units)
    {
        using var settings = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        _session = new InferenceSession(OnnxStep.Of(Export(model), units), settings);
        var hasCell = _session.InputNames.Contains(OnnxStep.Cell);
        _inputNames = hasCell ? [OnnxStep.Features, OnnxStep.Output, OnnxStep.Cell] : [OnnxStep.Features, OnnxStep.Output];
        _outputNames = hasCell ? [OnnxStep.Probabilities, OnnxStep.NextOutput, OnnxStep.NextCell] : [OnnxStep.Probabilities, OnnxStep.NextOutput];
        var features = OrtValue.CreateTensorValueFromMemory(_features, [1, 1, NetworkShape.Features]);
        var scores = OrtValue.CreateTensorValueFromMemory(_scores, [1, NetworkShape.Classes]);
        OrtValue[][] states = [States(), States()];
        _inputs = [[features, .. states[0]], [features, .. states[1]]];
        _outputs = [[scores, .. states[1]], [scores, .. states[0]]];

        OrtValue[] States() =>
            [.. Enumerable.Range(0, hasCell ? 2 : 1).Select(_ => OrtValue.CreateTensorValueFromMemory(new float[units], [1, 1, units]))];
    }

    /// <summary>Runs the next time step and returns the scores.</summary>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> features)
    {
        features.CopyTo(_features);
        _session.Run(_options, _inputNames, _inputs[_turn], _outputNames, _outputs[_turn]);
        _turn = 1 - _turn;
        return _scores;
    }

    public void Dispose()
    {
        foreach (var value in _inputs.Concat(_outputs).SelectMany(values => values).Distinct())
        {
            value.Dispose();
        }

        _session.Dispose();
        _options.Dispose();
    }

    private static byte[] Export(RnnClassifierTransformer model)
    {
        var path = Path.GetTempFileName();
        try
        {
            model.ExportOnnx(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
