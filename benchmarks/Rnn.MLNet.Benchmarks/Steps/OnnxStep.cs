using System.Runtime.InteropServices;
using Google.Protobuf;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Benchmarks.Steps;

/// <summary>
/// Builds the smallest ONNX model of one time step from an exported network: the recurrent operator with the state as input and output, the output
/// layer and the softmax.
/// </summary>
internal static class OnnxStep
{
    /// <summary>The names of the model's inputs and outputs; <c>cell</c> and <c>next_cell</c> only if the cell has a cell state.</summary>
    public const string Features = "features", Output = "output", Cell = "cell", Probabilities = "probabilities", NextOutput = "next_output", NextCell = "next_cell";

    private static readonly string[] Operators = ["LSTM", "GRU", "RNN"];

    /// <summary>Returns the bytes of the model.</summary>
    /// <param name="exported">The bytes of a network of one layer, as <see cref="RnnClassifierTransformer.ExportOnnx"/> writes it.</param>
    /// <param name="units">The number of units.</param>
    public static byte[] Of(byte[] exported, int units)
    {
        var source = ModelProto.Parser.ParseFrom(exported);
        var recurrent = source.Graph.Node.Single(node => Operators.Contains(node.OpType)).Clone();
        var head = source.Graph.Node.Single(node => node.OpType == "Gemm").Clone();
        var hasCell = recurrent.OpType == "LSTM";
        var peepholes = recurrent.Input.Count > 7 ? recurrent.Input[7] : null;

        var (kernel, recurrentKernel, bias) = (recurrent.Input[1], recurrent.Input[2], recurrent.Input[3]);
        recurrent.Input.Clear();
        recurrent.Input.Add([Features, kernel, recurrentKernel, bias, "", Output]);
        if (hasCell)
        {
            recurrent.Input.Add(Cell);
        }

        if (peepholes is not null)
        {
            recurrent.Input.Add(peepholes);
        }

        recurrent.Output.Clear();
        recurrent.Output.Add(["", NextOutput]);
        if (hasCell)
        {
            recurrent.Output.Add(NextCell);
        }

        var graph = new GraphProto { Name = "step" };
        var used = recurrent.Input.Concat(head.Input).ToHashSet();
        graph.Initializer.Add(source.Graph.Initializer.Where(constant => used.Contains(constant.Name)));
        graph.Initializer.Add(new TensorProto
        {
            Name = "shape",
            DataType = TensorProto.Types.DataType.Int64,
            Dims = { 2 },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(new long[] { 1, units })),
        });
        head.Input[0] = "row";
        head.Output[0] = "logits";
        graph.Node.Add(
        [
            recurrent,
            new NodeProto { OpType = "Reshape", Input = { NextOutput, "shape" }, Output = { "row" } },
            head,
            new NodeProto { OpType = "Softmax", Input = { "logits" }, Output = { Probabilities } },
        ]);
        graph.Input.Add([Value(Features, 1, 1, NetworkShape.Features), Value(Output, 1, 1, units)]);
        graph.Output.Add([Value(Probabilities, 1, NetworkShape.Classes), Value(NextOutput, 1, 1, units)]);
        if (hasCell)
        {
            graph.Input.Add(Value(Cell, 1, 1, units));
            graph.Output.Add(Value(NextCell, 1, 1, units));
        }

        var model = new ModelProto { IrVersion = source.IrVersion, Graph = graph };
        model.OpsetImport.Add(source.OpsetImport);
        return model.ToByteArray();
    }

    private static ValueInfoProto Value(string name, params long[] dimensions)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(dimensions.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = TensorProto.Types.DataType.Float, Shape = shape } },
        };
    }
}
