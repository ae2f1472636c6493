namespace Rnn.MLNet.Tests.Saving;

/// <summary>What a saved model keeps: columns, their types, keys and names, whatever the columns are called.</summary>
public sealed class SavedModelTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly TemporaryFile _file = new(".zip");

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Columns_keys_and_names_are_those_of_the_model()
    {
        var data = SyntheticSequences.Keyed(_context, 48);
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options);

        var before = model.Transform(data);
        var after = Reload(model, data.Schema).Transform(data);

        Assert.Equal(Visible(before), Visible(after));
        Assert.Equal(before.SlotNames(), after.SlotNames());
        Assert.Equal(KeyValues(before), KeyValues(after));
        Assert.Equal(_context.MulticlassClassification.Evaluate(before).LogLoss, _context.MulticlassClassification.Evaluate(after).LogLoss, 1e-5);
    }

    [Theory]
    [InlineData("Probabilities", "Guess")]
    [InlineData("Features", "Label")]
    [InlineData("ClassIndex", "PredictedLabel")]
    public void Renamed_columns_keep_their_names_even_those_of_the_input(string score, string predictedLabel)
    {
        var data = SyntheticSequences.Keyed(_context, 48);
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { ScoreColumnName = score, PredictedLabelColumnName = predictedLabel });

        var before = model.Transform(data);
        var after = Reload(model, data.Schema).Transform(data);

        Assert.Equal(Visible(before), Visible(after));
        ScoreColumns.AssertAgree(before.Scores(score), after.Scores(score), 1e-5);
        Assert.Equal(before.Keys(predictedLabel), after.Keys(predictedLabel));
    }

    [Fact]
    public void Double_features_and_numeric_labels_survive()
    {
        var numbers = _context.Data.LoadFromEnumerable(SyntheticSequences.Relabelled(48, i => 10.5f * i));
        var model = _context.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Double)
            .Append(_context.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_context.Transforms.RnnClassifier(SyntheticSequences.Options with { TimeSteps = 6 }))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Number", "PredictedLabel"))
            .Fit(numbers);

        var before = model.Transform(numbers);
        var after = Reload(model, numbers.Schema).Transform(numbers);

        ScoreColumns.AssertAgree(before.Scores(), after.Scores(), 1e-5);
        Assert.Equal(before.GetColumn<float>("Number"), after.GetColumn<float>("Number"));
    }

    [Fact]
    public void A_model_can_be_saved_again_after_it_was_reloaded()
    {
        var data = SyntheticSequences.Keyed(_context, 20);
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options);

        var twice = Reload(Reload(model, data.Schema), data.Schema);

        ScoreColumns.AssertAgree(model.Transform(data).Scores(), twice.Transform(data).Scores(), 1e-5);
    }

    [Theory]
    [InlineData("half")]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("no directory")]
    public async Task A_damaged_file_is_an_error_and_no_hang(string damage)
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
        _context.Model.Save(model, SyntheticSequences.Keyed(_context, 1).Schema, _file.Path);
        var content = File.ReadAllBytes(_file.Path);
        File.WriteAllBytes(_file.Path, damage switch
        {
            "half" => content[..(content.Length / 2)],
            "empty" => [],
            "text" => "This was a model once."u8.ToArray(),
            _ => content[..^22],
        });

        var loading = Task.Run(() => _context.Model.Load(_file.Path, out _), TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<Exception>(() => loading.WaitAsync(Hang.Limit, TestContext.Current.CancellationToken));
        Assert.True(loading.IsFaulted, "Loading did not end.");
    }

    [Fact]
    public void A_file_with_a_flipped_bit_is_an_error_or_scores_the_same()
    {
        var data = SyntheticSequences.Keyed(_context, 5);
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options);
        _context.Model.Save(model, data.Schema, _file.Path);
        var content = File.ReadAllBytes(_file.Path);
        var expected = model.Transform(data).Scores();
        var errors = 0;
        for (var i = 0; i < 40; i++)
        {
            var damaged = (byte[])content.Clone();
            damaged[content.Length * i / 40] ^= 4;
            File.WriteAllBytes(_file.Path, damaged);
            float[][] scores;
            try
            {
                scores = new MLContext().Model.Load(_file.Path, out _).Transform(data).Scores();
            }
            catch (Exception)
            {
                errors++;
                continue;
            }

            ScoreColumns.AssertAgree(expected, scores, 1e-5);
        }

        Assert.True(errors > 10, $"Only {errors} of 40 damaged files were noticed: the damage misses the network.");
    }

    private ITransformer Reload(ITransformer model, DataViewSchema schema)
    {
        _context.Model.Save(model, schema, _file.Path);
        return new MLContext().Model.Load(_file.Path, out _);
    }

    private static IEnumerable<string> Visible(IDataView view) =>
        view.Schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type}").Order();

    private static string[] KeyValues(IDataView view)
    {
        VBuffer<ReadOnlyMemory<char>> values = default;
        view.Schema["PredictedLabel"].GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }
}
