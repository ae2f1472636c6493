using Microsoft.ML.OnnxRuntime;
using Rnn.MLNet.Tests.EstimatorContract;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>The scores after each time step: as a view, for one row, from the zip and from the exported network.</summary>
public sealed class ScoresOverTimeTests : IDisposable
{
    private const int Classes = 3;

    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { ScoresOverTimeColumnName = "OverTime", TimeSteps = SyntheticSequences.TimeSteps };

    private readonly MLContext _context = new(seed: 1);
    private readonly TemporaryFile _file = new(".zip");

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("Score", "PredictedLabel", ReadOut.FinalState)]
    [InlineData("Score", "PredictedLabel", ReadOut.MeanPool)]
    [InlineData("Probabilities", "Guess", ReadOut.LastOutput)]
    public void The_zip_the_engine_and_the_exported_network_agree(string score, string predictedLabel, ReadOut readOut)
    {
        var rows = SyntheticSequences.Rows(20).ToList();
        // A missing value makes all steps NaN, not only those after it.
        rows[4].Features[7] = float.NaN;
        var data = SyntheticSequences.Keyed(_context, rows);
        using var model = SyntheticSequences.Fit(Options with { ReadOut = readOut, ScoreColumnName = score, PredictedLabelColumnName = predictedLabel, InputScaling = InputScaling.Standardize });
        var scored = model.Transform(data);
        var expected = scored.Scores("OverTime");
        Assert.All(expected[4], value => Assert.True(float.IsNaN(value)));
        Assert.DoesNotContain(expected[5], float.IsNaN);
        AssertLastIsScore(scored, score);

        _context.Model.Save(model, data.Schema, _file.Path);
        var zip = new MLContext().Model.Load(_file.Path, out _).Transform(data);
        using var loaded = _context.Model.LoadRnn(_file.Path, out _);

        Assert.Equal(scored.Schema["OverTime"].Type, zip.Schema["OverTime"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, SyntheticSequences.TimeSteps, Classes), scored.Schema["OverTime"].Type);
        ScoreColumns.AssertAgree(expected, zip.Scores("OverTime"), 1e-5);
        ScoreColumns.AssertAgree(scored.Scores(score), zip.Scores(score), 1e-5);
        Assert.Equal(scored.Keys(predictedLabel), zip.Keys(predictedLabel));
        Assert.Equal(expected, loaded.Transform(data).Scores("OverTime"));
        ScoreColumns.AssertAgree(expected, OneByOne(model, data), 1e-5);
        ScoreColumns.AssertAgree(expected, Exported(model, rows), 1e-5);
    }

    [Fact]
    public void One_step_is_the_score()
    {
        using var model = SyntheticSequences.Fit(Options with { TimeSteps = 1 });

        AssertLastIsScore(model.Transform(SyntheticSequences.Keyed(_context, 20)), "Score");
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 1, Classes), model.GetOutputSchema(SyntheticSequences.Keyed(_context, 1).Schema)["OverTime"].Type);
    }

    [Fact]
    public void The_estimator_announces_the_column()
    {
        var estimator = _context.Transforms.RnnClassifier(Options);
        var announced = estimator.GetOutputSchema(SchemaShapeProbe.Of(SyntheticSequences.Keyed(_context, 1)));

        var column = announced.Single(column => column.Name == "OverTime");
        Assert.Equal((SchemaShape.Column.VectorKind.Vector, (DataViewType)NumberDataViewType.Single, false), (column.Kind, column.ItemType, column.IsKey));
        Assert.DoesNotContain(_context.Transforms.RnnClassifier(SyntheticSequences.Options).GetOutputSchema(SchemaShapeProbe.Of(SyntheticSequences.Keyed(_context, 1))), shape => shape.Name == "OverTime");
    }

    [Fact]
    public void It_needs_one_direction_and_a_name_of_its_own()
    {
        AssertRefused(Options with { Bidirectional = true }, "backward direction");
        AssertRefused(Options with { ScoresOverTimeColumnName = "" }, "a column name");
        AssertRefused(Options with { ScoresOverTimeColumnName = "Score" }, "different from ScoreColumnName");
        AssertRefused(Options with { ScoresOverTimeColumnName = "PredictedLabel" }, "different from ScoreColumnName");
    }

    private void AssertRefused(RnnClassifierOptions options, string reason)
    {
        var message = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.RnnClassifier(options)).Message;
        Assert.Contains("ScoresOverTimeColumnName", message);
        Assert.Contains(reason, message);
    }

    private static void AssertLastIsScore(IDataView scored, string score) =>
        ScoreColumns.AssertAgree(scored.Scores(score), [.. scored.Scores("OverTime").Select(row => row[^Classes..])], 0);

    private static float[][] OneByOne(RnnClassifierTransformer model, IDataView data)
    {
        var mapper = model.GetRowToRowMapper(data.Schema);
        var scores = new List<float[]>();
        using var cursor = data.GetRowCursor(data.Schema);
        using var row = mapper.GetRow(cursor, [mapper.OutputSchema["OverTime"]]);
        var get = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["OverTime"]);
        VBuffer<float> values = default;
        while (cursor.MoveNext())
        {
            get(ref values);
            scores.Add([.. values.DenseValues()]);
        }

        return [.. scores];
    }

    private static float[][] Exported(RnnClassifierTransformer model, IReadOnlyList<Sequence<string>> rows)
    {
        using var file = new TemporaryFile(".onnx");
        model.ExportOnnx(file.Path);
        using var session = new InferenceSession(file.Path);
        Assert.Equal(["probabilities", "probabilities_over_time"], session.OutputNames.Order());
        using var input = OrtValue.CreateTensorValueFromMemory(
            rows.SelectMany(row => row.Features).ToArray(), [rows.Count, SyntheticSequences.TimeSteps, SyntheticSequences.Values]);
        using var options = new RunOptions();
        using var results = session.Run(options, session.InputNames, [input], ["probabilities_over_time", "probabilities"]);
        var overTime = results[0].GetTensorDataAsSpan<float>().ToArray().Chunk(SyntheticSequences.TimeSteps * Classes).ToArray();
        ScoreColumns.AssertAgree([.. overTime.Select(row => row[^Classes..])], [.. results[1].GetTensorDataAsSpan<float>().ToArray().Chunk(Classes)], 0);
        return overTime;
    }
}
