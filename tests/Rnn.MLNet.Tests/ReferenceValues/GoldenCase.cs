using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Rnn.MLNet.Tests.ReferenceValues;

/// <summary>One entry of golden.json.</summary>
internal sealed class GoldenCase(JsonNode node)
{
    private static readonly Lazy<JsonNode> File = new(() => JsonNode.Parse(System.IO.File.ReadAllText(Path()))!);

    public int Units => (int?)node["units"] ?? 4;

    /// <summary><c>[time][batch][features]</c>.</summary>
    public float[][][] X => node["x"].Deserialize<float[][][]>()!;

    /// <summary><c>[time][batch][outputs × directions]</c>.</summary>
    public double[][][] Outputs => node["outputs"].Deserialize<double[][][]>()!;

    public int Features => X[0][0].Length;

    public int TimeSteps => X.Length;

    /// <summary>The cell as it is called and configured here.</summary>
    public RnnCell Cell => (string)node["cell"]! switch
    {
        "BasicRNNCell" => new BasicRnnCell(Units),
        "BasicLSTMCell" => new BasicLstmCell(Units) { ForgetBias = Number("forget_bias") ?? 1 },
        "GRUCell" => new GruCell(Units) { ResetAfter = false },
        "GruResetAfter" => new GruCell(Units),
        "LSTMCell" => new LstmCell(Units)
        {
            ForgetBias = Number("forget_bias") ?? 1,
            UsePeepholes = (bool?)Config("use_peepholes") ?? false,
            CellClip = Number("cell_clip"),
            ProjectionSize = (int?)Config("num_proj"),
            ProjectionClip = Number("proj_clip"),
        },
        "LayerNormBasicLSTMCell" => new LayerNormBasicLstmCell(Units)
        {
            ForgetBias = Number("forget_bias") ?? 1,
            LayerNorm = (bool?)Config("layer_norm") ?? true,
            NormGain = Number("norm_gain") ?? 1,
            NormShift = Number("norm_shift") ?? 0,
        },
        var other => throw new NotSupportedException($"golden.json has a cell '{other}' that the tests do not know."),
    };

    public static TheoryData<string> Names(string list) => [.. File.Value[list]!.AsArray().Select(entry => (string)entry!["name"]!)];

    public static GoldenCase Of(string list, string name) =>
        new(File.Value[list]!.AsArray().Single(entry => (string)entry!["name"]! == name)!);

    public double[][] Expected(string name) => node[name].Deserialize<double[][]>()!;

    public double[][] FinalState(string part, string suffix = "") => node["final_state" + suffix]![part].Deserialize<double[][]>()!;

    public bool HasState(string part) => node["final_state"]![part] is not null;

    public double Tolerance => (double?)node["tol"] ?? 1e-5;

    public IReadOnlyDictionary<string, TensorFlowTensor> Weights(string suffix = "") =>
        node["weights" + suffix]!.AsObject().ToDictionary(pair => pair.Key, pair => Tensor(pair.Value!));

    /// <summary>One row a sequence of the batch, <c>[time × features]</c>, of some of the time steps.</summary>
    public float[][] Rows(Range steps) =>
        [.. Enumerable.Range(0, X[0].Length).Select(row => X[steps].SelectMany(step => step[row]).ToArray())];

    private JsonNode? Config(string option) => node["config"]?[option];

    private double? Number(string option) => (double?)Config(option);

    private static TensorFlowTensor Tensor(JsonNode array)
    {
        if (array[0] is JsonValue)
        {
            var vector = array.Deserialize<float[]>()!;
            return new TensorFlowTensor(vector, vector.Length);
        }

        var rows = array.Deserialize<float[][]>()!;
        return new TensorFlowTensor(rows.SelectMany(row => row).ToArray(), rows.Length, rows[0].Length);
    }

    private static string Path([CallerFilePath] string path = "") =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "golden.json");
}
