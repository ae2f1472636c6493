using Rnn.MLNet.Tests.Experiments;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>An argument that is null is named.</summary>
public sealed class NullArgumentTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { MaxSteps = 1 };

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Of_the_catalog()
    {
        var weights = Weights();

        AssertNamed("catalog", () => RnnCatalog.RnnClassifier((TransformsCatalog)null!));
        AssertNamed("catalog", () => RnnCatalog.RnnClassifier((TransformsCatalog)null!, Options));
        AssertNamed("options", () => _context.Transforms.RnnClassifier((RnnClassifierOptions)null!));
        AssertNamed("catalog", () => RnnCatalog.RnnClassifierFromTensorFlow(null!, Options, weights));
        AssertNamed("options", () => _context.Transforms.RnnClassifierFromTensorFlow(null!, weights));
        AssertNamed("weights", () => _context.Transforms.RnnClassifierFromTensorFlow(Options, null!));
    }

    [Fact]
    public void Of_the_estimators()
    {
        var estimator = _context.Transforms.RnnClassifier(Options);
        var imported = _context.Transforms.RnnClassifierFromTensorFlow(Options, Weights());

        AssertNamed("input", () => estimator.Fit(null!));
        AssertNamed("inputSchema", () => estimator.GetOutputSchema(null!));
        AssertNamed("input", () => imported.Fit(null!));
        AssertNamed("inputSchema", () => imported.GetOutputSchema(null!));
    }

    [Fact]
    public void Of_the_model()
    {
        using var model = SyntheticSequences.Fit(Options);

        AssertNamed("input", () => model.Transform(null!));
        AssertNamed("inputSchema", () => model.GetOutputSchema(null!));
        AssertNamed("inputSchema", () => model.GetRowToRowMapper(null!));
        AssertNamed("path", () => model.ExportOnnx(null!));
        AssertNamed("path", () => model.SaveTo(null!, null));
        // Before anything is said of the folder that is not there.
        AssertNamed("model", () => RnnModelFile.SaveTo(null!, Path.Combine("none", "model.zip"), null));
        Assert.StartsWith("The value cannot be an empty string.", Assert.Throws<ArgumentException>("path", () => model.ExportOnnx("")).Message);
        Assert.StartsWith("The value cannot be an empty string.", Assert.Throws<ArgumentException>("path", () => model.SaveTo("", null)).Message);
    }

    [Fact]
    public void Of_an_experiment()
    {
        var experiment = SmallExperiments.Create();
        var options = SmallExperiments.Options(epochs: 1);

        AssertNamed("catalog", () => RnnExperimentCatalog.CreateRnnExperiment(null!, new RnnExperimentSettings()));
        AssertNamed("settings", () => _context.MulticlassClassification.CreateRnnExperiment(null!));
        AssertNamed("build", () => experiment.Add("a", (Func<MLContext, IEstimator<ITransformer>>)null!));
        AssertNamed("space", () => experiment.AddSearch("a", null!, options));
        AssertNamed("options", () => experiment.AddSearch("a", new RnnSearchSpace(), null!));
    }

    private static TensorFlowWeights Weights() => new() { Layers = [], OutputKernel = new([0], 1, 1), OutputBias = new([0], 1) };

    private static void AssertNamed(string name, Action action) => Assert.Equal(name, Assert.Throws<ArgumentNullException>(action).ParamName);
}
