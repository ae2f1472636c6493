using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Tests.Readme;

/// <summary>The code of docs/moving-from-keras.md and docs/moving-from-pytorch.md that takes weights over, run and compared with Keras' numbers and libtorch's layers.</summary>
public sealed class MovingWeightsTests
{
    private const int Inputs = 5, Units = 4, Steps = 7, Rows = 6;

    [Fact]
    public void An_LSTM_of_PyTorch_gives_the_same_probabilities()
    {
        using var scope = torch.NewDisposeScope();
        var lstm = torch.nn.LSTM(Inputs, Units, batchFirst: true, dtype: torch.float64);
        Randomize(lstm);
        var saved = PyTorch(lstm);
        var (layer, cell) = PyTorchLstm(Inputs, Units, saved);

        AssertSame(layer, cell, saved, input => lstm.call(input).Item1);

        // Keras has the gates in the order of PyTorch, and one bias.
        saved["bias"] = [.. saved["input_bias"].Zip(saved["recurrent_bias"], (first, second) => first + second)];
        (layer, cell) = KerasLstm(Inputs, Units, saved);
        AssertSame(layer, cell, saved, input => lstm.call(input).Item1);
    }

    [Fact]
    public void A_GRU_of_PyTorch_gives_the_same_probabilities()
    {
        using var scope = torch.NewDisposeScope();
        var gru = torch.nn.GRU(Inputs, Units, batchFirst: true, dtype: torch.float64);
        Randomize(gru);
        var saved = PyTorch(gru);
        var (layer, cell) = PyTorchGru(Inputs, Units, saved);

        AssertSame(layer, cell, saved, input => gru.call(input).Item1);

        // Keras has the gates z, r, h, and both biases as rows of one matrix.
        var keras = saved.ToDictionary(weight => weight.Key, weight => weight.Key.StartsWith("output", StringComparison.Ordinal) ? weight.Value : Gates.Take(weight.Value, Units, 3, 1, 0, 2));
        keras["bias"] = [.. keras["input_bias"], .. keras["recurrent_bias"]];
        (layer, cell) = KerasGru(Inputs, Units, keras);
        AssertSame(layer, cell, keras, input => gru.call(input).Item1);
    }

    /// <summary>keras/src/layers/rnn/lstm_test.py and gru_test.py, test_correctness: 3 units, kernels of 0.01 and 0.02, biases of 0.03, that of the forget gate 1.</summary>
    [Theory]
    [InlineData(false, 0.6288687, 0.86899155, 0.9460773)]
    [InlineData(true, 0.24406259, 0.611516, 0.3928808)]
    public void Keras_own_numbers_come_out(bool gru, params double[] expected)
    {
        const int Features = 4, States = 3;
        int gates = gru ? 3 : 4;
        var saved = new Dictionary<string, float[]>
        {
            ["kernel"] = [.. Enumerable.Repeat(0.01f, Features * gates * States)],
            ["recurrent_kernel"] = [.. Enumerable.Repeat(0.02f, States * gates * States)],
            ["bias"] = gru
                ? [.. Enumerable.Repeat(0.03f, 2 * gates * States)]
                : [.. Enumerable.Range(0, gates * States).Select(i => i / States == 1 ? 1 : 0.03f)],
            // The first class has the first state as its logit, the other 0.
            ["output_kernel"] = [1, 0, 0, 0, 0, 0],
            ["output_bias"] = [0, 0],
        };
        var (layer, cell) = gru ? KerasGru(Features, States, saved) : KerasLstm(Features, States, saved);
        // The GRU's numbers are those of go_backwards=True.
        var steps = Enumerable.Range(0, 6).Select(step => gru ? 5 - step : step).ToList();
        var rows = Enumerable.Range(0, 3).Select(row => steps.SelectMany(step => Enumerable.Range(0, Features).Select(feature => (float)((row * 6 + step) * Features + feature))).ToArray());

        var scores = Scores(Model(6, States, 2, layer, cell, saved, Data(rows, 6, Features, 2)), Data(rows, 6, Features, 2));

        Assert.Equal(expected, scores.Select(score => Math.Log(score[0] / score[1])), (left, right) => Math.Abs(left - right) < 1e-5);
    }

    [Theory]
    [InlineData("keras", "Keras")]
    [InlineData("pytorch", "PyTorch")]
    public void The_page_shows_this_code(string page, string mark)
    {
        string shown = Normal(File.ReadAllText(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceFile())!, $"../../../docs/moving-from-{page}.md"))));
        string source = File.ReadAllText(SourceFile());

        Assert.All([$"{mark} LSTM", $"{mark} GRU", "rest", "Gates"], block => Assert.Contains(Normal(source.Split($"// <{block}>")[1].Split($"// </{block}>")[0]), shown));
    }

    private static (TensorFlowLayer Layer, RnnCell Cell) KerasLstm(int inputs, int units, Dictionary<string, float[]> saved)
    {
        // <Keras LSTM>
        // Keras: i, f, c, o. TensorFlow 1: i, c, f, o.
        float[] kernel = Gates.Take([.. saved["kernel"], .. saved["recurrent_kernel"]], units, 4, 0, 2, 1, 3);
        float[] bias = Gates.Take(saved["bias"], units, 4, 0, 2, 1, 3);
        var layer = new TensorFlowLayer
        {
            Forward = new Dictionary<string, TensorFlowTensor>
            {
                ["kernel"] = new(kernel, inputs + units, 4 * units),
                ["bias"] = new(bias, 4 * units),
            },
        };
        RnnCell cell = new BasicLstmCell(units) { ForgetBias = 0 };      // Keras has the 1 in its bias
        // </Keras LSTM>
        return (layer, cell);
    }

    private static (TensorFlowLayer Layer, RnnCell Cell) KerasGru(int inputs, int units, Dictionary<string, float[]> saved)
    {
        TensorFlowLayer layer;
        RnnCell cell;
        // <Keras GRU>
        // Keras: z, r, h. TensorFlow 1: r, z; h apart.
        float[] both = [.. saved["kernel"], .. saved["recurrent_kernel"]];
        float[] inputBias = saved["bias"][..(3 * units)], recurrentBias = saved["bias"][(3 * units)..];
        float[] gateBias = [.. inputBias.Zip(recurrentBias, (first, second) => first + second)];
        layer = new TensorFlowLayer
        {
            Forward = new Dictionary<string, TensorFlowTensor>
            {
                ["gates/kernel"] = new(Gates.Take(both, units, 3, 1, 0), inputs + units, 2 * units),
                ["gates/bias"] = new(Gates.Take(gateBias, units, 3, 1, 0), 2 * units),
                ["candidate/kernel"] = new(Gates.Take(both, units, 3, 2), inputs + units, units),
                ["candidate/bias"] = new(Gates.Take(inputBias, units, 3, 2), units),
                ["candidate/hidden_bias"] = new(Gates.Take(recurrentBias, units, 3, 2), units),
            },
        };
        cell = new GruCell(units);
        // </Keras GRU>
        return (layer, cell);
    }

    private static (TensorFlowLayer Layer, RnnCell Cell) PyTorchLstm(int inputs, int units, Dictionary<string, float[]> saved)
    {
        // <PyTorch LSTM>
        float[] inputBias = saved["input_bias"], recurrentBias = saved["recurrent_bias"];
        float[] sum = [.. inputBias.Zip(recurrentBias, (first, second) => first + second)];
        float[] both = [.. saved["kernel"], .. saved["recurrent_kernel"]];

        // PyTorch: i, f, g, o. TensorFlow 1: i, g, f, o.
        var layer = new TensorFlowLayer
        {
            Forward = new Dictionary<string, TensorFlowTensor>
            {
                ["kernel"] = new(Gates.Take(both, units, 4, 0, 2, 1, 3), inputs + units, 4 * units),
                ["bias"] = new(Gates.Take(sum, units, 4, 0, 2, 1, 3), 4 * units),
            },
        };
        RnnCell cell = new BasicLstmCell(units) { ForgetBias = 0 };      // PyTorch adds nothing to its bias
        // </PyTorch LSTM>
        return (layer, cell);
    }

    private static (TensorFlowLayer Layer, RnnCell Cell) PyTorchGru(int inputs, int units, Dictionary<string, float[]> saved)
    {
        float[] inputBias = saved["input_bias"], recurrentBias = saved["recurrent_bias"];
        float[] sum = [.. inputBias.Zip(recurrentBias, (first, second) => first + second)];
        float[] both = [.. saved["kernel"], .. saved["recurrent_kernel"]];
        TensorFlowLayer layer;
        RnnCell cell;
        // <PyTorch GRU>
        // PyTorch: r, z, n. TensorFlow 1: r, z; n apart.
        layer = new TensorFlowLayer
        {
            Forward = new Dictionary<string, TensorFlowTensor>
            {
                ["gates/kernel"] = new(Gates.Take(both, units, 3, 0, 1), inputs + units, 2 * units),
                ["gates/bias"] = new(Gates.Take(sum, units, 3, 0, 1), 2 * units),
                ["candidate/kernel"] = new(Gates.Take(both, units, 3, 2), inputs + units, units),
                ["candidate/bias"] = new(Gates.Take(inputBias, units, 3, 2), units),
                ["candidate/hidden_bias"] = new(Gates.Take(recurrentBias, units, 3, 2), units),
            },
        };
        cell = new GruCell(units);
        // </PyTorch GRU>
        return (layer, cell);
    }

    private static RnnClassifierTransformer Model(int timeSteps, int units, int classes, TensorFlowLayer layer, RnnCell cell, Dictionary<string, float[]> saved, IDataView data)
    {
        var mlContext = new MLContext(seed: 1);
        // <rest>
        var weights = new TensorFlowWeights
        {
            Layers = [layer],
            OutputKernel = new(saved["output_kernel"], units, classes),
            OutputBias = new(saved["output_bias"], classes),
        };
        var options = new RnnClassifierOptions { TimeSteps = 28, Cell = cell };
        // </rest>
        return mlContext.Transforms.RnnClassifierFromTensorFlow(options with { TimeSteps = timeSteps, Device = RnnDevice.Cpu }, weights).Fit(data);
    }

    private static void AssertSame(TensorFlowLayer layer, RnnCell cell, Dictionary<string, float[]> saved, Func<torch.Tensor, torch.Tensor> outputs)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Steps * Inputs).Select(_ => (float)(2 * random.NextDouble() - 1)).ToArray()).ToList();
        var data = Data(rows, Steps, Inputs, 3);
        var input = torch.tensor(rows.SelectMany(row => row).Select(value => (double)value).ToArray(), [Rows, Steps, Inputs]);
        var last = outputs(input).select(1, Steps - 1);
        var logits = last.matmul(torch.tensor(saved["output_kernel"].Select(value => (double)value).ToArray(), [Units, 3])) + torch.tensor(saved["output_bias"].Select(value => (double)value).ToArray());
        double[] expected = logits.softmax(1).data<double>().ToArray();

        var scores = Scores(Model(Steps, Units, 3, layer, cell, saved, data), data);

        Assert.Equal(expected, scores.SelectMany(score => score).Select(value => (double)value), (left, right) => Math.Abs(left - right) < 1e-6);
    }

    /// <summary>What the page's Python writes: kernels transposed, the rows of the inputs first.</summary>
    private static Dictionary<string, float[]> PyTorch(torch.nn.Module module)
    {
        var state = module.state_dict();
        var random = new Random(3);
        float[] Values(string name, bool transpose = false) => [.. (transpose ? state[name].t().contiguous() : state[name]).data<double>().ToArray().Select(value => (float)value)];
        return new Dictionary<string, float[]>
        {
            ["kernel"] = Values("weight_ih_l0", transpose: true),
            ["recurrent_kernel"] = Values("weight_hh_l0", transpose: true),
            ["input_bias"] = Values("bias_ih_l0"),
            ["recurrent_bias"] = Values("bias_hh_l0"),
            ["output_kernel"] = [.. Enumerable.Range(0, Units * 3).Select(_ => (float)random.NextDouble())],
            ["output_bias"] = [0.1f, -0.2f, 0.3f],
        };
    }

    private static void Randomize(torch.nn.Module module)
    {
        using var generator = new torch.Generator(2, torch.CPU);
        using var gradients = torch.no_grad();
        foreach (var parameter in module.parameters())
        {
            parameter.uniform_(-1, 1, generator);
        }
    }

    private static IDataView Data(IEnumerable<float[]> rows, int steps, int features, int classes)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, steps, features);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        return new MLContext().Data.LoadFromEnumerable(rows.Select(row => new Row { Features = row, Label = 1 }).ToList(), schema);
    }

    private static List<float[]> Scores(RnnClassifierTransformer model, IDataView data)
    {
        using (model)
        {
            return [.. model.Transform(data).GetColumn<float[]>("Score")];
        }
    }

    private static string Normal(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static string SourceFile([CallerFilePath] string path = "") => path;

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}

// <Gates>
internal static class Gates
{
    /// <summary>Of a matrix with a block of columns for each gate: the blocks of the gates in the given order.</summary>
    public static float[] Take(float[] matrix, int units, int gates, params int[] order) =>
        [.. matrix.Chunk(gates * units).SelectMany(row => order.SelectMany(gate => row.Skip(gate * units).Take(units)))];
}
// </Gates>
