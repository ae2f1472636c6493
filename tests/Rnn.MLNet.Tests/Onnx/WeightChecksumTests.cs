using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Tests.Onnx;

/// <summary>The checksum of a network's weights, in whole numbers: of weights of any size, and of each of them.</summary>
public sealed class WeightChecksumTests
{
    private const string Complaint = "The model file is damaged: its weights do not match their checksum.";

    public static TheoryData<float[]> Sizes =>
    [
        .. (float[][])
        [
            [3, -5, 0.25f],
            [0.1f, -0.001f],
            [1000, -1024, 3],
            [1e30f, -2e30f, 1.5e30f],
            [1e-30f, -2e-30f],
            [float.MaxValue, float.MinValue],
            [float.Epsilon],
            [0, 0],
        ],
    ];

    [Fact]
    public void Each_tensor_is_scaled_by_the_power_of_two_that_leaves_thirty_bits()
    {
        var graph = new OnnxGraph("test", "input", "result");
        graph.Weight("a", [3, -5, 0.25f], 3);
        graph.Weight("b", [0.1f], 1);
        graph.Weight("c", [0], 1);

        WeightChecksum.Guard(graph, graph.Constant(5L));

        var constants = ModelProto.Parser.ParseFrom(graph.ToBytes("", [])).Graph.Initializer;
        // 5 is 1.25 × 2²; 0.1 is 1.6 × 2⁻⁴; 0 is taken as it is.
        Assert.Equal([Math.ScaleB(1, 28), Math.ScaleB(1, 34), Math.ScaleB(1, 30)], Values<double>(constants, TensorProto.Types.DataType.Double));
        // −1.75 × 2²⁸, and 0.1f, which is 13421773 × 2⁻²⁷, × 2³⁴.
        Assert.Equal(-469_762_048L + 1_717_986_944L, Values<long>(constants, TensorProto.Types.DataType.Int64)[^1]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Weights_that_are_as_they_were_pass(float[] weights)
    {
        Assert.Equal(5, Run(Guarded(weights)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_weight_that_is_another_does_not(float[] weights)
    {
        for (var changed = 0; changed <= weights.Length; changed++)
        {
            var model = Guarded(weights);
            var tensors = model.Graph.Initializer.Where(tensor => tensor.DataType == TensorProto.Types.DataType.Float && tensor.Dims[0] != 1).ToList();
            // Behind the weights under test stands one of another tensor.
            var tensor = changed < weights.Length ? tensors[0] : tensors[1];
            var values = MemoryMarshal.Cast<byte, float>(tensor.RawData.ToByteArray()).ToArray();
            ref var value = ref values[changed < weights.Length ? changed : 1];
            value = value == 0 ? 1 : Math.Abs(value) < 1e-40f ? 2 * value : value * 0.999f;
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));

            Assert.Contains(Complaint, Assert.ThrowsAny<OnnxRuntimeException>(() => Run(model)).Message);
        }
    }

    [Fact]
    public void Without_weights_there_is_nothing_to_guard()
    {
        var graph = new OnnxGraph("test");

        Assert.Equal("value", WeightChecksum.Guard(graph, "value"));
    }

    private static ModelProto Guarded(float[] weights)
    {
        var graph = new OnnxGraph("test", "input", "result");
        var input = graph.Input("input", TensorProto.Types.DataType.Float, "", 1);
        graph.Weight("d", [.. weights, .. weights], 2 * weights.Length);
        graph.Weight("e", [0.5f, 0.75f, -2], 3);
        var guarded = graph.Add("Cast", [WeightChecksum.Guard(graph, graph.Constant(5L))], OnnxGraph.Integer("to", (long)TensorProto.Types.DataType.Float));
        graph.Output("result", graph.Add("Add", [guarded, input]), "", 1);
        return ModelProto.Parser.ParseFrom(graph.ToBytes("", []));
    }

    private static float Run(ModelProto model)
    {
        // The complaint is expected, and need not stand in the tests' output.
        using var settings = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var session = new InferenceSession(model.ToByteArray(), settings);
        using var input = OrtValue.CreateTensorValueFromMemory(new float[1], [1]);
        using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var results = session.Run(options, ["input"], [input], ["result"]);
        return results[0].GetTensorDataAsSpan<float>()[0];
    }

    private static List<T> Values<T>(IEnumerable<TensorProto> tensors, TensorProto.Types.DataType type)
        where T : struct => [.. tensors.Where(tensor => tensor.DataType == type).Select(tensor => MemoryMarshal.Cast<byte, T>(tensor.RawData.Span)[0])];
}
