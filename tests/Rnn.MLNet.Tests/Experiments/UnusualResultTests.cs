namespace Rnn.MLNet.Tests.Experiments;

/// <summary>Results, exceptions and settings that are seldom are said as clearly as others.</summary>
public sealed class UnusualResultTests : IClassFixture<WarmUp>
{
    private static readonly IDataView Train = Bar.View(120);

    [Fact]
    public void Numbers_that_are_none_are_null_in_JSON()
    {
        // All validation rows are of one class: no recall of the others, no frequencies to compare a log-loss with.
        var validation = new MLContext().Data.LoadFromEnumerable(Bar.Rows(100, 2).Where(row => row.Label == "top").ToArray());
        var result = SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(Train, validation);
        using var file = new TemporaryFile(".txt");
        result.SaveJson(file.Path);

        Assert.True(double.IsNaN(result.BestRun!.ValidationMetrics!.LogLossReduction));
        using var json = JsonDocument.Parse(File.ReadAllText(file.Path));
        var run = json.RootElement.GetProperty("bestRun");
        Assert.Equal(JsonValueKind.Null, run.GetProperty("logLossReduction").ValueKind);
        Assert.All(run.GetProperty("perClassRecall").EnumerateArray().Concat(run.GetProperty("perClassPrecision").EnumerateArray()),
            value => Assert.True(value.ValueKind is JsonValueKind.Number or JsonValueKind.Null, value.ToString()));
    }

    [Fact]
    public void Exceptions_without_a_message_are_reasons_too()
    {
        var result = SmallExperiments.Create().Add("fails in its message", _ => throw new Unsayable(fails: true)).Add("has none", _ => throw new Unsayable(fails: false))
            .Add("linear", SmallExperiments.Linear).Execute(Train);

        Assert.All(result.RunDetails.Take(2), run => Assert.Equal("InvalidOperationException: what is in it", run.Reason));
        Assert.Equal("linear", result.BestRun!.TrainerName);
    }

    [Fact]
    public void Labels_that_are_all_different_are_refused()
    {
        var rows = Bar.Rows(20, 1).Select((row, index) => new Bar { Features = row.Features, Label = $"{index}" }).ToArray();
        var error = Assert.Throws<ArgumentException>(() => SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(new MLContext().Data.LoadFromEnumerable(rows)));
        Assert.Contains("Each of the 20 rows with a label has a different class", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(new MLContext().Data.LoadFromEnumerable(rows), 2));
        Assert.Contains("Each of the 20 rows with a label has a different class", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_space_with_a_null_in_it_is_refused_by_name()
    {
        void Check(RnnSearchSpace space, string name) =>
            Assert.Contains(name, Assert.Throws<ArgumentOutOfRangeException>(() => SmallExperiments.Create().AddSearch("search", space, SmallExperiments.Options())).Message, StringComparison.Ordinal);
        Check(new RnnSearchSpace { Cells = [new GruCell(4), null!] }, "Cells must");
        Check(new RnnSearchSpace { Cells = null! }, "Cells must");
        Check(new RnnSearchSpace { Bidirectional = null! }, "Bidirectional must");
        Check(new RnnSearchSpace { ReadOut = null! }, "ReadOut must");
        Check(new RnnSearchSpace { InputScaling = null! }, "InputScaling must");
    }

    [Fact]
    public void A_strategy_that_does_not_answer_ends_with_the_budget()
    {
        using var answer = new ManualResetEventSlim();
        // Long enough for the other candidate on a machine that does something else as well.
        var result = SmallExperiments.WithoutHanging(() => SmallExperiments.Create(SmallExperiments.Settings with { MaxExperimentTimeInSeconds = 8 })
            .Add("linear", SmallExperiments.Linear).AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(), new Mute(answer)).Execute(Train));
        answer.Set();

        Assert.Equal("linear", result.BestRun!.TrainerName);
        Assert.Equal(ExperimentEnd.MaxTime, result.EndedBy);
        Assert.Contains("did not answer", result.RunDetails[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Searches_of_no_configuration_say_so()
    {
        var result = SmallExperiments.Create()
            .AddSearch("halving", SmallExperiments.Space, SmallExperiments.Options(), new SuccessiveHalving { MaxConfigurations = 0 })
            .AddSearch("random", SmallExperiments.Space, SmallExperiments.Options(), new RandomSearch { MaxConfigurations = -1 }).Execute(Train);
        Assert.Equal(2, result.RunDetails.Count);
        Assert.All(result.RunDetails, run => Assert.Contains("MaxConfigurations", run.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_source_throws_reaches_the_caller_as_it_is(bool inPreFeaturizer)
    {
        var context = new MLContext(1);
        IDataView data = inPreFeaturizer ? Train : new AwkwardView(Train) { FailsAt = 50 };
        IEstimator<ITransformer>? prefix = inPreFeaturizer ? context.Transforms.CustomMapping<Bar, Bar>((_, _) => throw new IOException("The line went dead."), null) : null;
        var error = Assert.Throws<IOException>(() => SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(data, preFeaturizer: prefix));
        Assert.Contains("The line went dead", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_can_be_written()
    {
        var result = SmallExperiments.Create().Add("half \uD800", SmallExperiments.Linear).Execute(Train);
        using var file = new TemporaryFile(".txt");
        foreach (var save in new Action<string>[] { result.SaveCsv, result.SaveJson, result.SaveReport })
        {
            save(file.Path);
            Assert.Contains("half \uFFFD", System.Net.WebUtility.HtmlDecode(File.ReadAllText(file.Path)).Replace("\\uFFFD", "\uFFFD", StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_report_of_trials_that_cost_nothing_has_its_tables()
    {
        var result = SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(Train);
        var free = result.BestRun! with { TrainingTimeInSeconds = 0, MicrosecondsPerRow = null, ModelSizeInBytes = null };
        using var file = new TemporaryFile(".txt");
        (result with { BestRun = free, RunDetails = [free] }).SaveReport(file.Path);
        Assert.Contains("Leaderboard", File.ReadAllText(file.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_sparse_vectors_are_compared_by_what_is_in_them()
    {
        using var digest = new DataFingerprint("");
        var rows = Enumerable.Range(0, 3).Select(index => new Long { Words = new VBuffer<float>(1 << 30, 1, [1], [index]) });
        digest.Add(new MLContext().Data.LoadFromEnumerable(rows), TestContext.Current.CancellationToken);
        Assert.NotEmpty(digest.Of([]));
    }

    private sealed class Unsayable(bool fails) : Exception("", new InvalidOperationException("what is in it"))
    {
        public override string Message => fails ? throw new NotSupportedException() : null!;
    }

    private sealed class Mute(ManualResetEventSlim answer) : ISearchStrategy
    {
        public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps)
        {
            answer.Wait();
            return SearchDecision.Done;
        }
    }

    private sealed class Long
    {
        [VectorType(1 << 30)]
        public VBuffer<float> Words { get; set; }
    }
}
