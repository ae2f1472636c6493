namespace Rnn.MLNet.Tests.Reliability;

/// <summary>Whatever ML.NET does with the rows before or after the model, a row keeps its own scores.</summary>
public sealed class RowScoreTests : IClassFixture<RowScoreTests.Trained>
{
    private const int Count = 70;

    private static readonly MLContext Context = new(seed: 1);

    private static readonly Dictionary<string, (Func<IDataView, IDataView> Before, Func<IDataView, IDataView> After)> Uses = new()
    {
        ["as they are"] = (rows => rows, scored => scored),
        ["cached before"] = (rows => Context.Data.Cache(rows), scored => scored),
        ["cached after"] = (rows => rows, scored => Context.Data.Cache(scored)),
        ["shuffled before"] = (rows => Context.Data.ShuffleRows(rows, seed: 3), scored => scored),
        ["shuffled before, otherwise each time"] = (rows => Context.Data.ShuffleRows(Context.Data.Cache(rows)), scored => scored),
        ["shuffled after"] = (rows => rows, scored => Context.Data.ShuffleRows(scored, seed: 3)),
        ["drawn with repetition"] = (rows => rows, scored => Context.Data.BootstrapSample(scored, seed: 4)),
        ["skipped and taken"] = (rows => Context.Data.SkipRows(rows, 3), scored => Context.Data.TakeRows(scored, 40)),
        ["filtered by the prediction"] = (rows => rows, scored => Context.Data.FilterRowsByKeyColumnFraction(scored, "PredictedLabel", 0, 0.6)),
        ["split"] = (rows => rows, scored => Context.Data.TrainTestSplit(scored, 0.3).TestSet),
        ["selected"] = (rows => rows, scored => Context.Transforms.SelectColumns("Score", "Weight").Fit(scored).Transform(scored)),
        ["saved as binary"] = (rows => rows, SavedAsBinary),
        ["scored once more, seeded otherwise"] = (rows => rows, scored => ScoredOnceMore(scored)),
    };

    private readonly Trained _trained;

    public RowScoreTests(Trained trained) => _trained = trained;

    public static TheoryData<string> Names => [.. Uses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_keeps_its_scores(string use)
    {
        var (before, after) = Uses[use];
        var scored = after(_trained.Model.Transform(before(_trained.Rows)));

        // One pass: a source may give other rows in the next.
        var rows = Context.Data.CreateEnumerable<Row>(scored, reuseRowObject: false, ignoreMissingColumns: true).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(_trained.Scores[(int)row.Weight], row.Score));
    }

    [Fact]
    public void A_set_of_cursors_gives_each_row_once()
    {
        var scored = _trained.Model.Transform(Context.Data.Cache(_trained.Rows));
        var seen = new List<int>();
        foreach (var cursor in scored.GetRowCursorSet(scored.Schema, 4))
        {
            using (cursor)
            {
                var number = cursor.GetGetter<float>(scored.Schema["Weight"]);
                var score = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
                var (weight, values) = (0f, default(VBuffer<float>));
                while (cursor.MoveNext())
                {
                    number(ref weight);
                    score(ref values);
                    Assert.Equal(_trained.Scores[(int)weight], values.DenseValues());
                    seen.Add((int)weight);
                }
            }
        }

        Assert.Equal(Enumerable.Range(0, Count), seen.Order());
    }

    [Fact]
    public void Eight_threads_that_read_one_view_get_the_same()
    {
        var scored = _trained.Model.Transform(_trained.Rows);

        Parallel.For(0, 8, _ => Assert.Equal(_trained.Scores, scored.Scores()));
    }

    private static IDataView SavedAsBinary(IDataView scored)
    {
        var stream = new MemoryStream();
        Context.Data.SaveAsBinary(scored, stream);
        return Context.Data.LoadFromBinary(new InMemory(stream.ToArray()));
    }

    /// <summary>By another model, whose columns have other names.</summary>
    private static IDataView ScoredOnceMore(IDataView scored)
    {
        var options = SyntheticSequences.Options with { Seed = 5, Epochs = 1, ScoreColumnName = "Other", PredictedLabelColumnName = "OtherLabel" };
        return Context.Transforms.RnnClassifier(options).Fit(scored).Transform(scored);
    }

    public sealed class Trained : IDisposable
    {
        public Trained()
        {
            Model = SyntheticSequences.Fit(SyntheticSequences.Options);
            // A column of the rows' numbers, to know them by.
            Rows = SyntheticSequences.Keyed(Context, SyntheticSequences.Rows(Count, seed: 2).Select((row, number) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = number }));
            Scores = Model.Transform(Rows).Scores();
        }

        public RnnClassifierTransformer Model { get; }

        public IDataView Rows { get; }

        public float[][] Scores { get; }

        public void Dispose() => Model.Dispose();
    }

    private sealed class InMemory(byte[] file) : IMultiStreamSource
    {
        public int Count => 1;

        public string GetPathOrNull(int index) => null!;

        public Stream Open(int index) => new MemoryStream(file);

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
    }

    private sealed class Row
    {
        public float[] Score { get; set; } = [];

        public float Weight { get; set; }
    }
}
