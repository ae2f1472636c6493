using System.Reflection;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Onnx;

/// <summary>
/// Builds an ONNX model node by node. Values are identified by their names, which the builder generates for all but inputs and outputs.
/// </summary>
internal sealed class OnnxGraph
{
    /// <summary>The name of a batch dimension that may have any size.</summary>
    public const string BatchDimension = "N";

    // Opset 17 and IR version 8 belong to ONNX 1.12 (2022), which all current runtimes support.
    private const long IrVersion = 8;
    private const long OperatorSet = 17;
    private const string ClassicalDomain = "ai.onnx.ml";
    private const long ClassicalOperatorSet = 3;

    private readonly GraphProto _graph;
    private readonly HashSet<string> _names;
    private readonly List<OnnxWeight> _weights;
    private readonly string _scope = "";

    /// <summary>Creates an empty graph.</summary>
    /// <param name="name">The name of the graph.</param>
    /// <param name="reservedNames">The names of inputs and outputs, which the builder must not generate for other values.</param>
    public OnnxGraph(string name, params IEnumerable<string> reservedNames)
    {
        _graph = new GraphProto { Name = name };
        _names = [.. reservedNames];
        _weights = [];
    }

    private OnnxGraph(GraphProto graph, OnnxGraph outer, string scope)
    {
        _graph = graph;
        _names = outer._names;
        _weights = outer._weights;
        _scope = scope;
    }

    /// <summary>The constants added by <see cref="Weight"/>, in the order in which they were added.</summary>
    public IReadOnlyList<OnnxWeight> Weights => _weights;

    /// <summary>Returns the same graph, but the names of weights that are added through it begin with the name of a part of the network.</summary>
    /// <param name="part">The name of the part, such as <c>layer0</c>, within that of this graph.</param>
    public OnnxGraph Within(string part) => new(_graph, this, $"{_scope}{part}/");

    /// <summary>Declares an input of the model.</summary>
    /// <returns>The name of the input.</returns>
    public string Input(string name, TensorProto.Types.DataType type, string documentation, params IEnumerable<OnnxDimension> dimensions)
    {
        _graph.Input.Add(Describe(name, type, documentation, dimensions));
        return name;
    }

    /// <summary>Declares a value as an output of the model with the given name.</summary>
    public void Output(string name, string value, string documentation, params IEnumerable<OnnxDimension> dimensions)
    {
        AddNode("Identity", [value], [name], []);
        _graph.Output.Add(Describe(name, TensorProto.Types.DataType.Float, documentation, dimensions));
    }

    /// <summary>Creates the body of an operator such as Scan. The body can use the values of the enclosing graph.</summary>
    public OnnxGraph NewBody(string name) => new(new GraphProto { Name = name }, this, _scope);

    /// <summary>Declares an input of a body, of type Single.</summary>
    /// <returns>The name of the input.</returns>
    public string Input(params IEnumerable<OnnxDimension> dimensions) =>
        Input(NewName("input"), TensorProto.Types.DataType.Float, "", dimensions);

    /// <summary>Declares a value as an output of a body.</summary>
    public void Output(string value, params IEnumerable<OnnxDimension> dimensions) => Output(NewName("output"), value, "", dimensions);

    /// <summary>Adds an operator with one output.</summary>
    /// <returns>The name of the output.</returns>
    public string Add(string operation, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var output = NewName(operation);
        AddNode(operation, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds an operator with one output and a node name, which runtimes include in error messages.</summary>
    /// <returns>The name of the output.</returns>
    public string AddNamed(string nodeName, string operation, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var output = Add(operation, inputs, attributes);
        _graph.Node[^1].Name = nodeName;
        return output;
    }

    /// <summary>Adds an operator with several outputs.</summary>
    /// <returns>The names of all outputs.</returns>
    public IReadOnlyList<string> AddAll(int outputs, string operation, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => NewName(operation))];
        AddNode(operation, inputs, names, attributes);
        return names;
    }

    /// <summary>Adds an operator of which only the output with the given index is used.</summary>
    /// <returns>The name of the output.</returns>
    public string AddForOutput(int index, string operation, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var output = NewName(operation);
        // In ONNX an empty name omits an optional output.
        AddNode(operation, inputs, [.. Enumerable.Repeat("", index), output], attributes);
        return output;
    }

    /// <summary>
    /// Adds a node that stores a list of strings and whose output is not used. ONNX Runtime removes it when it loads the model. ML.NET reads the
    /// strings from the bytes of the model, by the name of the node.
    /// </summary>
    public void AddTextList(string nodeName, IEnumerable<string> texts)
    {
        var keys = Texts("keys_strings", texts);
        var values = Integers("values_int64s", [.. Enumerable.Range(0, keys.Strings.Count).Select(i => (long)i)]);
        var anyText = NewName("text");
        var tensor = new TensorProto { Name = anyText, DataType = TensorProto.Types.DataType.String, Dims = { 1 } };
        tensor.StringData.Add(keys.Strings.Take(1));
        _graph.Initializer.Add(tensor);
        AddNode("LabelEncoder", [anyText], [NewName("LabelEncoder")], [keys, values]);
        _graph.Node[^1].Domain = ClassicalDomain;
        _graph.Node[^1].Name = nodeName;
    }

    /// <summary>Adds a constant tensor of weights.</summary>
    /// <param name="name">The name of the constant within its part of the network, see <see cref="Within"/>.</param>
    /// <param name="values">The elements, in row-major order.</param>
    /// <param name="dimensions">The shape.</param>
    /// <returns>The full name of the constant, such as <c>layer0/kernel</c>.</returns>
    public string Weight(string name, float[] values, params long[] dimensions)
    {
        var full = _scope + name;
        while (!_names.Add(full))
        {
            full += "_";
        }

        AddConstant(full, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes<float>(values), dimensions);
        _weights.Add(new OnnxWeight(full, values));
        return full;
    }

    /// <summary>Adds a constant vector with one element of type Single.</summary>
    public string Constant(float value) =>
        AddConstant(NewName("constant"), TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in value)), [1]);

    /// <summary>Adds a constant vector with one element of type Double.</summary>
    public string Constant(double value) =>
        AddConstant(NewName("constant"), TensorProto.Types.DataType.Double, MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in value)), [1]);

    /// <summary>Adds a constant vector of integers, such as axes or a shape.</summary>
    public string Constant(params long[] values) =>
        AddConstant(NewName("constant"), TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes<long>(values), [values.Length]);

    public static AttributeProto Integer(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Integers(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.Add(values);
        return attribute;
    }

    public static AttributeProto Graph(string name, OnnxGraph body) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = body._graph };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Numbers(string name, params float[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats };
        attribute.Floats.Add(values);
        return attribute;
    }

    public static AttributeProto Texts(string name, IEnumerable<string> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Strings };
        attribute.Strings.Add(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }

    /// <summary>Encodes the model as the bytes of an <c>.onnx</c> file.</summary>
    public byte[] ToBytes(string documentation, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "Rnn.MLNet",
            ProducerVersion = typeof(OnnxGraph).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            DocString = documentation,
            Graph = _graph,
            OpsetImport =
            {
                new OperatorSetIdProto { Version = OperatorSet },
                new OperatorSetIdProto { Domain = ClassicalDomain, Version = ClassicalOperatorSet },
            },
        };
        model.MetadataProps.Add(metadata.Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }));
        return model.ToByteArray();
    }

    private static ValueInfoProto Describe(
        string name, TensorProto.Types.DataType type, string documentation, IEnumerable<OnnxDimension> dimensions)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(dimensions.Select(dimension => dimension.ToProto()));
        return new ValueInfoProto
        {
            Name = name,
            DocString = documentation,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = shape } },
        };
    }

    private string AddConstant(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, long[] dimensions)
    {
        // ONNX stores raw data in little-endian order, which is that of every platform of libtorch and ONNX Runtime.
        var tensor = new TensorProto { Name = name, DataType = type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.Add(dimensions);
        _graph.Initializer.Add(tensor);
        return name;
    }

    private void AddNode(string operation, IEnumerable<string> inputs, IEnumerable<string> outputs, IEnumerable<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        node.Attribute.Add(attributes);
        _graph.Node.Add(node);
    }

    private string NewName(string stem)
    {
        for (var number = _names.Count; ; number++)
        {
            var name = $"{stem}_{number}";
            if (_names.Add(name))
            {
                return name;
            }
        }
    }
}
