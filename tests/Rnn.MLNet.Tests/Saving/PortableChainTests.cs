using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Saving;

/// <summary>The stock transformers that a zip holds: what they are, and that nothing of them stays behind on the disk.</summary>
public sealed class PortableChainTests : IDisposable
{
    private static readonly ClassifierColumns Usual = new("Label", "Features", "Score", "PredictedLabel");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portable-chains-");
    private readonly RecurrentNetwork _network = new(new NetworkSpec(new BasicRnnCell(2), 1, false, 0, ReadOut.FinalState, 3, 2, 4), seed: 1, CPU);

    public void Dispose()
    {
        _network.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_predictor_follows_the_network_where_the_columns_have_the_usual_names()
    {
        Assert.Equal(
            ["OnnxTransformer", "MulticlassPredictionTransformer`1", "ColumnSelectingTransformer"],
            Steps(Usual));
    }

    [Fact]
    public void A_look_up_of_keys_does_where_they_have_others()
    {
        Assert.Equal(
            ["OnnxTransformer", "HashingTransformer", "ValueMappingTransformer", "ColumnCopyingTransformer", "ColumnSelectingTransformer"],
            Steps(Usual with { PredictedLabel = "Guess" }));
    }

    [Fact]
    public void Its_file_is_there_as_long_as_it_is()
    {
        using (Create(Usual, classes: 4))
        {
            Assert.Equal(["network.onnx"], _folder.GetFiles("*", SearchOption.AllDirectories).Select(file => file.Name));
        }

        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void One_that_cannot_be_made_leaves_no_file()
    {
        // The network takes 6 values.
        Assert.ThrowsAny<Exception>(() => Create(Usual, classes: 4, values: 7));

        Assert.Empty(_folder.GetFileSystemInfos());
    }

    private IEnumerable<string> Steps(ClassifierColumns columns)
    {
        using var chain = Create(columns, classes: 4);
        return [.. ((TransformerChain<ITransformer>)chain.Transformer).Select(step => step.GetType().Name)];
    }

    private PortableChain Create(ClassifierColumns columns, int classes, int values = 6)
    {
        var schema = EmptyView.Of(
            ("Features", new VectorDataViewType(NumberDataViewType.Single, values)),
            ("Label", new KeyDataViewType(typeof(uint), classes))).Schema;
        return PortableChain.Create(_network, ClassificationTask.Of(schema, columns), "Features", (VectorDataViewType)schema["Features"].Type, _folder.FullName);
    }
}
