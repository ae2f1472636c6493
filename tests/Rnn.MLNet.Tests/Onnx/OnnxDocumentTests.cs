using Rnn.MLNet.Onnx.Proto;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Onnx;

/// <summary>What an ONNX file says of itself to people and tools.</summary>
public sealed class OnnxDocumentTests : IDisposable
{
    private readonly RecurrentNetwork _network = new(
        new NetworkSpec(new GruCell(2), 2, true, 0, ReadOut.LastOutput, 5, 3, 4), seed: 1, CPU);

    public void Dispose() => _network.Dispose();

    [Fact]
    public void An_exported_file()
    {
        var model = Parse(NetworkExporter.ToBytes(_network, Classification.Task("a", "b", "c", "\"d\"")));

        Assert.Equal(8, model.IrVersion);
        Assert.Equal([("", 17L), ("ai.onnx.ml", 3L)], model.OpsetImport.Select(set => (set.Domain, set.Version)));
        Assert.Equal("Rnn.MLNet", model.ProducerName);
        Assert.Matches(@"^\d+\.\d+\.\d+", model.ProducerVersion);
        Assert.Equal(
            "A recurrent classifier trained with Rnn.MLNet: GruCell { Units = 2, ResetAfter = True, UpdateBias = 1 }, Layers = 2, Bidirectional = True, Dropout = 0, ReadOut = LastOutput, TimeSteps = 5, Features = 3, Classes = 4, OutputInitializer = GlorotUniform",
            model.DocString);
        Assert.Equal("network", model.Graph.Name);
        Assert.Equal(["features: N, 5, 3"], model.Graph.Input.Select(Describe));
        Assert.Equal(["probabilities: N, 4"], model.Graph.Output.Select(Describe));
        Assert.Equal(
            [
                "cell: GruCell { Units = 2, ResetAfter = True, UpdateBias = 1 }", "layers: 2", "bidirectional: true", "read_out: LastOutput",
                """classes: ["a","b","c","\u0022d\u0022"]""",
            ],
            model.MetadataProps.SkipLast(1).Select(pair => $"{pair.Key}: {pair.Value}"));
        Assert.Equal("sha256", model.MetadataProps[^1].Key);
    }

    [Fact]
    public void Without_names_it_names_no_classes()
    {
        var model = Parse(NetworkExporter.ToBytes(_network, Classification.Task(4)));

        Assert.Equal(["cell", "layers", "bidirectional", "read_out", "sha256"], model.MetadataProps.Select(pair => pair.Key));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_GRU_says_where_it_resets(bool resetAfter, int expected)
    {
        using var network = new RecurrentNetwork(
            new NetworkSpec(new GruCell(2) { ResetAfter = resetAfter }, 1, true, 0, ReadOut.FinalState, 5, 3, 4), seed: 1, CPU);

        var node = Parse(NetworkExporter.ToBytes(network, Classification.Task(4))).Graph.Node.Single(node => node.OpType == "GRU");

        Assert.Equal(expected, Attribute("linear_before_reset").I);
        Assert.Equal(2, Attribute("hidden_size").I);
        Assert.Equal("bidirectional", Attribute("direction").S.ToStringUtf8());
        // The sequence of outputs, which nobody wants, and the final state.
        Assert.Equal(["", "GRU"], node.Output.Select(name => name.Split('_')[0]));

        AttributeProto Attribute(string name) => node.Attribute.Single(attribute => attribute.Name == name);
    }

    [Theory]
    [InlineData(RnnActivation.Tanh)]
    [InlineData(RnnActivation.Relu, "LeakyRelu", "LeakyRelu")]
    public void A_simple_cell_says_in_each_direction_that_it_rectifies(RnnActivation activation, params string[] expected)
    {
        using var network = new RecurrentNetwork(
            new NetworkSpec(new BasicRnnCell(2) { Activation = activation }, 1, true, 0, ReadOut.FinalState, 5, 3, 4), seed: 1, CPU);

        var attributes = Parse(NetworkExporter.ToBytes(network, Classification.Task(4))).Graph.Node.Single(node => node.OpType == "RNN").Attribute;

        Assert.Equal(expected, attributes.Where(attribute => attribute.Name == "activations").SelectMany(attribute => attribute.Strings).Select(text => text.ToStringUtf8()));
        Assert.Equal(expected.Select(_ => 0f), attributes.Where(attribute => attribute.Name == "activation_alpha").SelectMany(attribute => attribute.Floats));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_network_of_a_zip_takes_one_row_and_names_its_classes(bool isDouble)
    {
        // Other names than ML.NET's own: a code of the winner is needed.
        var schema = Classification.Named("a", "b", "c", "d");
        var task = Classification.Task(schema, Classification.Columns with { Score = "Guess" });
        var type = new VectorDataViewType(isDouble ? NumberDataViewType.Double : NumberDataViewType.Single, 15);

        var model = Parse(PortableNetwork.ToBytes(_network, task, task.SavedTail(new MLContext(seed: 0)), type, "Pen"));

        Assert.Equal(["Pen: 1, 5, 3"], model.Graph.Input.Select(Describe));
        Assert.Equal(isDouble ? TensorProto.Types.DataType.Double : TensorProto.Types.DataType.Float, model.Graph.Input[0].Type.TensorType.ElemType);
        Assert.Equal([$"{SavedColumns.Scores}: 4", $"{SavedClassColumns.ClassCode}: 1"], model.Graph.Output.Select(Describe));
        Assert.Equal(["rnn_mlnet", "sha256"], model.MetadataProps.Select(property => property.Key));
        var names = model.Graph.Node.Single(node => node.Name == $"mlnet.{SavedColumns.Scores}.SlotNames");
        Assert.Equal(("LabelEncoder", "ai.onnx.ml"), (names.OpType, names.Domain));
        Assert.Equal(["a", "b", "c", "d"], names.Attribute.Single(attribute => attribute.Name == "keys_strings").Strings.Select(text => text.ToStringUtf8()));
        Assert.Equal([0, 1, 2, 3], names.Attribute.Single(attribute => attribute.Name == "values_int64s").Ints);
        var text = model.Graph.Initializer.Single(tensor => tensor.Name == names.Input.Single());
        Assert.Equal([1L], text.Dims);
        Assert.Equal(["a"], text.StringData.Select(value => value.ToStringUtf8()));
    }

    [Fact]
    public void Without_names_and_codes_it_has_neither()
    {
        var model = Parse(Portable(Classification.Task(4), "Pen"));

        Assert.Equal([$"{SavedColumns.Scores}: 4"], model.Graph.Output.Select(Describe));
        Assert.DoesNotContain(model.Graph.Node, node => node.OpType == "LabelEncoder");
    }

    [Fact]
    public void No_two_values_have_the_same_name()
    {
        var graph = Parse(Portable(Classification.Task(Classification.Named("a", "b", "c", "d"), Classification.Columns with { Score = "Guess" }), "constant_5")).Graph;

        var names = graph.Node.SelectMany(node => node.Output).Where(name => name != "").Concat(graph.Initializer.Select(tensor => tensor.Name)).Append("constant_5").ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    private byte[] Portable(ClassificationTask task, string feature) =>
        PortableNetwork.ToBytes(_network, task, task.SavedTail(new MLContext(seed: 0)), new VectorDataViewType(NumberDataViewType.Single, 15), feature);

    private static ModelProto Parse(byte[] bytes) => ModelProto.Parser.ParseFrom(bytes);

    private static string Describe(ValueInfoProto value) =>
        $"{value.Name}: {string.Join(", ", value.Type.TensorType.Shape.Dim.Select(dim => dim.DimParam != "" ? dim.DimParam : $"{dim.DimValue}"))}";
}
