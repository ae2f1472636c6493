using Microsoft.ML.OnnxRuntime;

namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>The baseline scoring loop with ONNX Runtime: inputs and outputs are slices of the caller's memory, nothing is copied.</summary>
internal sealed class OnnxRuntimeLoop : IBatchScorer, IDisposable
{
    private const int RowLength = NetworkShape.Steps * NetworkShape.Features;
    private static readonly string[] Inputs = [LabelledSequence.FeatureColumn];
    private static readonly string[] Outputs = [TrainedModel.OnnxOutput];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly float[] _values;
    private readonly LoopSetting _setting;

    public OnnxRuntimeLoop(string onnxPath, float[] values, LoopSetting setting)
    {
        using var options = new SessionOptions { IntraOpNumThreads = setting.Threads };
        _session = new InferenceSession(onnxPath, options);
        _values = values;
        _setting = setting;
    }

    public int Score(float[] scores)
    {
        var rows = _values.Length / RowLength;
        _setting.Run(rows, (from, to) => Score(from, to, scores));
        return rows;
    }

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private void Score(int from, int to, float[] scores)
    {
        for (var start = from; start < to; start += _setting.Batch)
        {
            var count = Math.Min(_setting.Batch, to - start);
            using var input = Slice(_values, start, count, NetworkShape.Steps, NetworkShape.Features);
            using var output = Slice(scores, start, count, NetworkShape.Classes);
            _session.Run(_options, Inputs, [input], Outputs, [output]);
        }
    }

    private static OrtValue Slice(float[] values, int start, int count, params long[] shape)
    {
        var length = (int)shape.Aggregate(1L, (product, size) => product * size);
        return OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, values.AsMemory(start * length, count * length), [count, .. shape]);
    }
}
