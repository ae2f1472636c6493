using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.TorchSharp;
using Rnn.MLNet.Comparison;
using Xunit;

// Both libraries, TorchSharp and ML.NET are imported: a name that two of them have would not compile where it is used.
namespace Rnn.MLNet.Tests.Beside;

/// <summary>Microsoft.ML.TorchSharp and this library in one program.</summary>
public sealed class TorchSharpCatalogTests
{
    private static readonly Assembly Theirs = typeof(TorchSharpCatalog).Assembly;
    private static readonly Assembly[] Ours =
        [typeof(RnnClassifierEstimator).Assembly, typeof(RnnExperiment).Assembly, typeof(ImageToSequenceEstimator).Assembly, typeof(ExperimentReport).Assembly];

    [Fact]
    public void One_context_has_both_catalogs_and_networks_train_as_without_the_other()
    {
        var context = new MLContext(seed: 1);
        var data = context.Transforms.Conversion.MapValueToKey("Label").Fit(Rows(context)).Transform(Rows(context));
        var trainers = context.MulticlassClassification.Trainers;

        var theirs = trainers.TextClassification(sentence1ColumnName: nameof(Document.Text));
        using var model = trainers.RnnClassifier(new RnnClassifierOptions { TimeSteps = Document.Steps, Cell = new GruCell(4), Epochs = 10, LearningRate = 0.05 }).Fit(data);

        Assert.Equal("Microsoft.ML.TorchSharp", theirs.GetType().Assembly.GetName().Name);
        Assert.Equal(1, context.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy);
        using var zip = new MemoryStream();
        context.Model.Save(model, data.Schema, zip);
        zip.Position = 0;
        using var reloaded = (IDisposable)context.Model.Load(zip, out _);
        Assert.Equal(1, context.MulticlassClassification.Evaluate(((ITransformer)reloaded).Transform(data)).MicroAccuracy);
    }

    [Fact]
    public void No_public_name_is_the_same()
    {
        Assert.Empty(Ours.SelectMany(Names).Intersect(Names(Theirs)));
        Assert.Empty(Ours.SelectMany(Extensions).Intersect(Extensions(Theirs)));
        Assert.Contains("MulticlassClassificationTrainers.TextClassification", Extensions(Theirs));
        Assert.Contains("MulticlassClassificationTrainers.RnnClassifier", Ours.SelectMany(Extensions));
    }

    /// <summary>If it fails, the section on Microsoft.ML.TorchSharp in docs/comparison.md needs another look.</summary>
    [Fact]
    public void It_was_built_for_an_older_TorchSharp_than_the_one_that_both_get()
    {
        var wanted = Theirs.GetReferencedAssemblies().Single(name => name.Name == "TorchSharp").Version;

        Assert.Equal(new Version(0, 102, 7, 0), wanted);
        Assert.True(typeof(TorchSharp.torch).Assembly.GetName().Version > wanted);
    }

    private static IDataView Rows(MLContext context) => context.Data.LoadFromEnumerable(Document.Some(40));

    private static IEnumerable<string> Names(Assembly assembly) => assembly.GetExportedTypes().Where(type => !type.IsNested).Select(type => type.Name);

    private static IEnumerable<string> Extensions(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        where method.IsDefined(typeof(ExtensionAttribute))
        select $"{method.GetParameters()[0].ParameterType.Name}.{method.Name}";
}
