using Microsoft.ML.OnnxRuntime;

namespace Rnn.MLNet.Tests.ReferenceValues;

/// <summary>
/// Reads what the recurrent layers of a network give out, through the public surface alone. The output layer is the identity with a
/// zero column for one class more, so the output k of the layers is log p[k] − log p[last].
/// </summary>
internal sealed class StateProbe : IDisposable
{
    private readonly int _width;
    private readonly int _timeSteps;
    private readonly int _features;
    private readonly RnnClassifierTransformer _model;

    public StateProbe(RnnClassifierOptions options, IReadOnlyList<TensorFlowLayer> layers, int width, int timeSteps, int features)
    {
        _width = width;
        _timeSteps = timeSteps;
        _features = features;
        var identity = new float[width * (width + 1)];
        for (var i = 0; i < width; i++)
        {
            identity[i * (width + 1) + i] = 1;
        }

        var weights = new TensorFlowWeights
        {
            Layers = layers,
            OutputKernel = new TensorFlowTensor(identity, width, width + 1),
            OutputBias = new TensorFlowTensor(new float[width + 1], width + 1),
        };
        _model = new MLContext().Transforms
            .RnnClassifierFromTensorFlow(options with { TimeSteps = timeSteps }, weights)
            .Fit(View([]));
    }

    /// <summary>The model behind it.</summary>
    public RnnClassifierTransformer Model => _model;

    /// <summary>By <c>Transform</c>: libtorch, in batches. One sequence a row, <c>[time × features]</c>.</summary>
    public double[][] Libtorch(IEnumerable<float[]> rows)
    {
        var scored = _model.Transform(View(rows));
        return [.. scored.GetColumn<float[]>("Score").Select(Outputs)];
    }

    /// <summary>By ONNX Runtime, from the exported file, all rows in one batch.</summary>
    public double[][] OnnxRuntime(IReadOnlyList<float[]> rows)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            _model.ExportOnnx(path);
            using var session = new InferenceSession(path);
            using var input = OrtValue.CreateTensorValueFromMemory(rows.SelectMany(row => row).ToArray(), [rows.Count, _timeSteps, _features]);
            using var options = new RunOptions();
            using var results = session.Run(options, session.InputNames, [input], session.OutputNames);
            return [.. results[0].GetTensorDataAsSpan<float>().ToArray().Chunk(_width + 1).Select(Outputs)];
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void Dispose() => _model.Dispose();

    /// <summary>A view of sequences, with a label column of as many plain keys as there are classes.</summary>
    public IDataView View(IEnumerable<float[]> rows)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, _timeSteps * _features);
        definition[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), _width + 1);
        return new MLContext().Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }), definition);
    }

    private static double[] Outputs(float[] probabilities) =>
        [.. probabilities.SkipLast(1).Select(probability => Math.Log(probability) - Math.Log(probabilities[^1]))];

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
