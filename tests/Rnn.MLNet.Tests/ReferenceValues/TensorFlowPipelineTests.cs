using Microsoft.ML.Transforms;
using Rnn.MLNet.Tests.EstimatorContract;

namespace Rnn.MLNet.Tests.ReferenceValues;

/// <summary>A model from TensorFlow as a step of a pipeline: keys by value, one-row predictions, the zip.</summary>
public sealed class TensorFlowPipelineTests
{
    [Fact]
    public void Predicts_the_classes_that_TensorFlow_numbered()
    {
        var mlContext = new MLContext(seed: 1);
        // The output layer looks at one unit, which sums up the sequence: class 0 if it is low, 1 if it is high.
        var weights = new TensorFlowWeights
        {
            Layers =
            [
                new TensorFlowLayer
                {
                    Forward = new Dictionary<string, TensorFlowTensor> { ["kernel"] = new([1, 1], 2, 1), ["bias"] = new([0], 1) },
                },
            ],
            OutputKernel = new([-5, 5], 1, 2),
            OutputBias = new([0, 0], 2),
        };
        var options = new RnnClassifierOptions { TimeSteps = 3, Cell = new BasicRnnCell(1) };
        // "up" comes first in the data, so only keys by value are TensorFlow's numbers: down 0, up 1.
        var data = mlContext.Data.LoadFromEnumerable([new Row { Features = [1, 1, 1], Label = "up" }, new Row { Features = [-1, -1, -1], Label = "down" }]);
        var pipeline = mlContext.Transforms.Conversion
            .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(mlContext.Transforms.RnnClassifierFromTensorFlow(options, weights))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedDirection", "PredictedLabel"));

        using var model = pipeline.Fit(data);
        Assert.Equal(1, mlContext.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy);

        using var zip = new MemoryStream();
        mlContext.Model.Save(model, data.Schema, zip);
        zip.Position = 0;
        var engine = mlContext.Model.CreatePredictionEngine<Row, Prediction>(new MLContext().Model.Load(zip, out _));
        Assert.Equal("up", engine.Predict(new Row { Features = [0, 1, 1] }).PredictedDirection);
        Assert.Equal("down", engine.Predict(new Row { Features = [0, -1, -1] }).PredictedDirection);
    }

    /// <summary>TensorFlow's variables do not tell the activation; the options do.</summary>
    [Fact]
    public void A_cell_with_relu_counts_by_hand()
    {
        var mlContext = new MLContext(seed: 1);
        var weights = new TensorFlowWeights
        {
            Layers = [new TensorFlowLayer { Forward = new Dictionary<string, TensorFlowTensor> { ["kernel"] = new([1, 2], 2, 1), ["bias"] = new([-1], 1) } }],
            OutputKernel = new([1, 0], 1, 2),
            OutputBias = new([0, 0], 2),
        };
        var options = new RnnClassifierOptions { TimeSteps = 3, Cell = new BasicRnnCell(1) { Activation = RnnActivation.Relu } };
        var data = mlContext.Data.LoadFromEnumerable([new Row { Features = [-1, 2.5f, 0.25f], Label = "up" }, new Row { Features = [3, 0, -4], Label = "down" }]);
        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);

        using var model = mlContext.Transforms.RnnClassifierFromTensorFlow(options, weights).Fit(keyed);

        // The states are 0, 1.5, 2.25 and 2, 3, 1.
        Assert.All(
            model.Transform(keyed).Scores().Zip([2.25, 1.0]),
            pair => Assert.Equal(pair.Second, Math.Log(pair.First[0] / pair.First[1]), 1e-5));
    }

    [Fact]
    public void Has_no_history_and_announces_what_it_makes()
    {
        var mlContext = new MLContext(seed: 1);
        var weights = new TensorFlowWeights
        {
            Layers = [new TensorFlowLayer { Forward = new Dictionary<string, TensorFlowTensor> { ["kernel"] = new([1, 1], 2, 1), ["bias"] = new([0], 1) } }],
            OutputKernel = new([-5, 5], 1, 2),
            OutputBias = new([0, 0], 2),
        };
        var data = mlContext.Data.LoadFromEnumerable([new Row { Features = [1, 1, 1], Label = "up" }, new Row { Features = [-1, -1, -1], Label = "down" }]);
        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        var estimator = mlContext.Transforms.RnnClassifierFromTensorFlow(
            new RnnClassifierOptions { TimeSteps = 3, Cell = new BasicRnnCell(1), ScoreColumnName = "Probabilities", PredictedLabelColumnName = "Class" }, weights);

        using var model = estimator.Fit(keyed);

        Assert.Empty(model.History.Epochs);
        Assert.Equal((0, 0, false, false, RnnPrecision.Float32), (model.History.Steps, model.History.BestEpoch, model.History.StoppedEarly, model.History.Canceled, model.History.Precision));
        Assert.True(model.IsRowToRowMapper);
        Assert.Equal(
            ["Features", "Label", "Probabilities", "Class"],
            estimator.GetOutputSchema(SchemaShapeProbe.Of(keyed)).Select(column => column.Name));
    }

    [Theory]
    [InlineData(2, 2, "OutputKernel must have the shape [1, 2], for BasicRnnCell { Units = 1, Activation = Tanh } and 2 outputs; it has [2, 2].")]
    [InlineData(1, 3, "OutputKernel must have the shape [1, 2], for BasicRnnCell { Units = 1, Activation = Tanh } and 2 outputs; it has [1, 3].")]
    public void An_output_layer_of_another_shape_is_refused(int rows, int columns, string expected)
    {
        var mlContext = new MLContext(seed: 1);
        var weights = new TensorFlowWeights
        {
            Layers = [new TensorFlowLayer { Forward = new Dictionary<string, TensorFlowTensor> { ["kernel"] = new([1, 1], 2, 1), ["bias"] = new([0], 1) } }],
            OutputKernel = new(new float[rows * columns], rows, columns),
            OutputBias = new([0, 0], 2),
        };
        var data = mlContext.Data.LoadFromEnumerable([new Row { Features = [1, 1, 1], Label = "up" }, new Row { Features = [-1, -1, -1], Label = "down" }]);
        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        var estimator = mlContext.Transforms.RnnClassifierFromTensorFlow(new RnnClassifierOptions { TimeSteps = 3, Cell = new BasicRnnCell(1) }, weights);

        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => estimator.Fit(keyed)).Message);
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class Prediction
    {
        public string PredictedDirection { get; set; } = "";
    }
}
