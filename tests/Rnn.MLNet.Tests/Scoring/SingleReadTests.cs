namespace Rnn.MLNet.Tests.Scoring;

/// <summary>
/// A row's scores and its other columns come from one reading of the input. Each row tells its number by its weight, so that the
/// scores beside can be compared with those of that row.
/// </summary>
public sealed class SingleReadTests : IClassFixture<TrainedModel>
{
    private const int Count = 1000;

    private readonly TrainedModel _trained;
    private readonly List<Sequence<string>> _rows =
        [.. SyntheticSequences.Rows(Count, seed: 2).Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = i })];
    private readonly float[][] _expected;

    public SingleReadTests(TrainedModel trained)
    {
        _trained = trained;
        _expected = trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, _rows)).Scores();
    }

    [Fact]
    public void Of_rows_that_are_there_once()
    {
        Assert.Equal(Enumerable.Range(0, Count), Paired(Keyed(Once(_rows))));
    }

    [Fact]
    public void Of_a_random_sample()
    {
        var random = new Random(3);
        var sample = _trained.Context.Data.FilterByCustomPredicate<Sequence<string>>(
            _trained.Context.Data.LoadFromEnumerable(_rows), _ => random.Next(2) == 0);

        Assert.InRange(Paired(Key(sample)).Count, Count / 3, 2 * Count / 3);
    }

    [Fact]
    public void Of_a_query_without_an_order()
    {
        var paired = Paired(Keyed(AnyOrder()));

        Assert.NotEqual(Enumerable.Range(0, Count), paired);
        Assert.Equal(Enumerable.Range(0, Count), paired.Order());

        IEnumerable<Sequence<string>> AnyOrder()
        {
            var rows = _rows.ToArray();
            Random.Shared.Shuffle(rows);
            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    [Fact]
    public void Of_a_view_that_allows_one_reader()
    {
        Assert.Equal(Enumerable.Range(0, Count), Paired(new AwkwardView(Keyed(_rows)) { OneReaderOnly = true }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(7L)]
    [InlineData(100_000L)]
    public void Of_a_view_that_is_wrong_about_its_length(long? claimed)
    {
        Assert.Equal(Enumerable.Range(0, Count), Paired(new AwkwardView(Keyed(_rows)) { Claims = claimed }));
    }

    [Fact]
    public void Of_a_shuffled_view()
    {
        var cached = _trained.Context.Data.Cache(Keyed(_rows), "Features", "Weight", "Label");
        var scored = _trained.Model.Transform(cached);

        Assert.True(scored.CanShuffle);
        var paired = Paired(scored.Schema, scored.GetRowCursor([scored.Schema["Weight"], scored.Schema["Score"]], new Random(1)));
        Assert.NotEqual(Enumerable.Range(0, Count), paired);
        Assert.Equal(Enumerable.Range(0, Count), paired.Order());
    }

    [Fact]
    public void A_view_that_cannot_be_shuffled_keeps_its_order()
    {
        var scored = _trained.Model.Transform(Keyed(Once(_rows)));

        Assert.False(scored.CanShuffle);
        Assert.Equal(
            Enumerable.Range(0, Count),
            Paired(scored.Schema, scored.GetRowCursorSet([scored.Schema["Weight"], scored.Schema["Score"]], 4, new Random(1)).Single()));
    }

    [Fact]
    public void Evaluation_of_rows_that_are_there_once()
    {
        var shuffled = _rows.ToArray();
        new Random(5).Shuffle(shuffled);

        double Accuracy(IDataView view) => _trained.Context.MulticlassClassification.Evaluate(_trained.Model.Transform(view)).MicroAccuracy;

        Assert.Equal(Accuracy(Keyed(_rows)), Accuracy(Keyed(Once(shuffled))));
    }

    [Fact]
    public void A_fit_on_rows_that_are_there_once_trains_on_all()
    {
        var options = SyntheticSequences.Options with { ValidationFraction = 0.2 };

        string Bits(Func<IEnumerable<Sequence<string>>> rows, Func<IEnumerable<Sequence<string>>> validation)
        {
            var context = new MLContext(seed: 1);
            using var model = context.Transforms.RnnClassifier(options).Fit(Keyed(rows()));
            using var validated = context.Transforms
                .RnnClassifier(options with { ValidationFraction = 0, ValidationSet = Keyed(validation()), EarlyStoppingPatience = 1 }).Fit(Keyed(rows()));
            return model.WeightBits() + validated.WeightBits() + string.Join(" ", validated.History.Epochs.Select(epoch => epoch.ValidationLoss));
        }

        Assert.Equal(Bits(() => _rows, () => _rows.Take(100)), Bits(() => Once(_rows), () => Once(_rows.Take(100))));
    }

    /// <summary>ML.NET filters the rows of each fold anew, so it needs rows that can be read again; each reading may be in one go, though.</summary>
    [Fact]
    public void Cross_validation_on_a_view_that_allows_one_reader()
    {
        var context = new MLContext(seed: 1);
        var view = new AwkwardView(Keyed(_rows.Take(90))) { OneReaderOnly = true };

        var folds = context.MulticlassClassification.CrossValidate(
            view, context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 1 }), numberOfFolds: 3);

        Assert.Equal(90, folds.Sum(fold => fold.Metrics.ConfusionMatrix.Counts.Sum(counts => counts.Sum())));
        Assert.Equal(0, view.Readers);
    }

    [Fact]
    public void An_engine_reads_a_row_once()
    {
        var reads = 0;
        var engine = Engine(row =>
        {
            reads++;
            return row.Features;
        });

        var prediction = engine.Predict(_rows[1]);

        Assert.Equal(1, reads);
        ScoreColumns.AssertAgree([_expected[1]], [prediction.Score], 1e-5);
        Assert.Equal(Array.IndexOf(prediction.Score, prediction.Score.Max()) + 1, (int)prediction.PredictedLabel);
    }

    private PredictionEngine<Sequence<string>, Prediction> Engine(Func<Sequence<string>, float[]> features)
    {
        var context = _trained.Context;
        var reading = context.Transforms.CustomMapping<Sequence<string>, Read>((row, read) => read.Features = features(row), null)
            .Fit(context.Data.LoadFromEnumerable(_rows));
        // Not disposed: an engine disposes its model.
        return context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(reading.Append(_trained.Model));
    }

    private IDataView Keyed(IEnumerable<Sequence<string>> rows) => Key(_trained.Context.Data.LoadFromEnumerable(rows));

    private IDataView Key(IDataView text) => _trained.Context.Transforms.Conversion.MapValueToKey("Label")
        .Fit(SyntheticSequences.Text(_trained.Context, 3)).Transform(text);

    private static IEnumerable<Sequence<string>> Once(IEnumerable<Sequence<string>> rows)
    {
        var queue = new ConcurrentQueue<Sequence<string>>(rows);
        return Dequeue();

        IEnumerable<Sequence<string>> Dequeue()
        {
            while (queue.TryDequeue(out var row))
            {
                yield return row;
            }
        }
    }

    private List<int> Paired(IDataView input)
    {
        var scored = _trained.Model.Transform(input);
        return Paired(scored.Schema, scored.GetRowCursor([scored.Schema["Weight"], scored.Schema["Score"], scored.Schema["PredictedLabel"]]));
    }

    /// <summary>The numbers of the rows as they came, each with its own scores.</summary>
    private List<int> Paired(DataViewSchema schema, DataViewRowCursor cursor)
    {
        using (cursor)
        {
            var readWeight = cursor.GetGetter<float>(schema["Weight"]);
            var readScore = cursor.GetGetter<VBuffer<float>>(schema["Score"]);
            var numbers = new List<int>();
            var weight = 0f;
            VBuffer<float> score = default;
            while (cursor.MoveNext())
            {
                readWeight(ref weight);
                readScore(ref score);
                ScoreColumns.AssertAgree([_expected[(int)weight]], [[.. score.DenseValues()]], 1e-6);
                numbers.Add((int)weight);
            }

            return numbers;
        }
    }

    private sealed class Read
    {
        [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
