using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Rnn.MLNet.Tests.Onnx;

/// <summary>What ONNX Runtime says of rows with the exported network of a model.</summary>
internal static class ExportedNetwork
{
    public static float[][] Scores(RnnClassifierTransformer model, List<Sequence<string>> rows)
    {
        using var file = new TemporaryFile(".onnx");
        model.ExportOnnx(file.Path);
        using var session = new InferenceSession(file.Path);
        var features = new DenseTensor<float>(
            rows.SelectMany(row => row.Features).ToArray(), [rows.Count, SyntheticSequences.TimeSteps, SyntheticSequences.Values]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("features", features)]);
        return [.. results.Single().AsEnumerable<float>().Chunk(SyntheticSequences.Colours.Length)];
    }
}
