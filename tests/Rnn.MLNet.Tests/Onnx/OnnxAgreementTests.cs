using Microsoft.ML.OnnxRuntime;
using Rnn.MLNet.Tests.Cells;

namespace Rnn.MLNet.Tests.Onnx;

/// <summary>ONNX Runtime says of an exported network what libtorch says of the network.</summary>
public sealed class OnnxAgreementTests
{
    private const int Rows = 7;

    private readonly MLContext _context = new(seed: 1);

    public static MatrixTheoryData<string, bool, int, ReadOut> Networks =>
        new(["rnn", "lstm", "gru"], [false, true], [1, 2], [ReadOut.FinalState, ReadOut.LastOutput, ReadOut.MeanPool]);

    public static MatrixTheoryData<string, bool> DeepNetworks => new(["rnn", "lstm", "gru"], [false, true]);

    public static MatrixTheoryData<string, bool> EveryCell => new(CellSamples.All.Keys, [false, true]);

    [Theory]
    [MemberData(nameof(EveryCell))]
    public void Every_cell_is_exported_in_one_direction_and_in_two(string cell, bool bidirectional)
    {
        using var model = RandomNetwork(CellSamples.All[cell], bidirectional, layers: 1, ReadOut.FinalState);
        var rows = SyntheticSequences.Rows(Rows, seed: 2).ToList();

        var exported = ExportedNetwork.Scores(model, rows);

        ScoreColumns.AssertAgree(model.Transform(SyntheticSequences.Keyed(_context, rows)).Scores(), exported, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_exported_network_scores_a_batch_as_Transform_does(string cell, bool bidirectional, int layers, ReadOut readOut)
    {
        using var model = RandomNetwork(cell, bidirectional, layers, readOut);
        var rows = SyntheticSequences.Rows(Rows, seed: 2).ToList();

        var exported = ExportedNetwork.Scores(model, rows);

        ScoreColumns.AssertAgree(model.Transform(SyntheticSequences.Keyed(_context, rows)).Scores(), exported, 1e-5);
    }

    [Theory]
    [MemberData(nameof(DeepNetworks))]
    public void The_saved_model_scores_as_Transform_does(string cell, bool bidirectional)
    {
        using var model = RandomNetwork(cell, bidirectional, layers: 2, ReadOut.FinalState);
        using var file = new TemporaryFile(".zip");
        var data = SyntheticSequences.Keyed(_context, 40, seed: 2);
        _context.Model.Save(model, data.Schema, file.Path);

        var scored = new MLContext().Model.Load(file.Path, out _).Transform(data);

        ScoreColumns.AssertAgree(model.Transform(data).Scores(), scored.Scores(), 1e-5);
        Assert.Equal(model.Transform(data).Keys(), scored.Keys());
    }

    [Fact]
    public void The_networks_of_these_tests_say_something_else_of_every_row()
    {
        using var model = RandomNetwork("lstm", bidirectional: true, layers: 2, ReadOut.FinalState);

        var scores = model.Transform(SyntheticSequences.Keyed(_context, Rows, seed: 2)).Scores();

        Assert.True(scores.Max(row => row[0]) - scores.Min(row => row[0]) > 0.01);
    }

    [Fact]
    public void A_row_with_a_missing_feature_has_no_scores_in_the_exported_network_either()
    {
        using var model = RandomNetwork("gru", bidirectional: false, layers: 1, ReadOut.FinalState);
        var rows = SyntheticSequences.Rows(3).ToList();
        rows[1].Features[5] = float.NaN;

        var scores = ExportedNetwork.Scores(model, rows);

        Assert.All(scores[1], score => Assert.Equal(float.NaN, score));
        Assert.All(scores[0].Concat(scores[2]), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void The_exported_file_names_the_classes()
    {
        using var model = RandomNetwork("lstm", bidirectional: false, layers: 1, ReadOut.FinalState);
        using var file = new TemporaryFile(".onnx");
        model.ExportOnnx(file.Path);

        using var session = new InferenceSession(file.Path);

        Assert.Equal("""["blue","green","red"]""", session.ModelMetadata.CustomMetadataMap["classes"]);
        Assert.Equal([-1, SyntheticSequences.TimeSteps, SyntheticSequences.Values], session.InputMetadata["features"].Dimensions);
        Assert.Equal([-1, SyntheticSequences.Colours.Length], session.OutputMetadata["probabilities"].Dimensions);
    }

    /// <summary>Random kernels, and after one large step of Adam random biases too.</summary>
    private static RnnClassifierTransformer RandomNetwork(string cell, bool bidirectional, int layers, ReadOut readOut) => RandomNetwork(
        cell switch { "rnn" => new BasicRnnCell(4), "lstm" => new BasicLstmCell(4), _ => new GruCell(4) }, bidirectional, layers, readOut);

    private static RnnClassifierTransformer RandomNetwork(RnnCell cell, bool bidirectional, int layers, ReadOut readOut) =>
        SyntheticSequences.Fit(SyntheticSequences.Options with
        {
            Cell = cell,
            Bidirectional = bidirectional,
            Layers = layers,
            ReadOut = readOut,
            MaxSteps = 1,
            LearningRate = 0.3,
            LearningRateSchedule = LearningRateSchedule.Constant,
        });
}
