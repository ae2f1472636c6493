using System.Collections;

namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>Reading the data belongs to the experiment and to its budget, not to the first trial.</summary>
public sealed class ExperimentReadingTests
{
    private static readonly IDataView Train = Bar.View(60), Validation = Bar.View(20, seed: 2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reading_ends_with_the_budget_and_with_the_token(bool byToken)
    {
        using var stop = new CancellationTokenSource();
        IEnumerable<Bar> Endless()
        {
            while (true)
            {
                foreach (var row in Bar.Rows(10, 1))
                {
                    yield return row;
                }

                Thread.Sleep(20);
                if (byToken)
                {
                    stop.Cancel();
                }
            }
        }

        var rows = new ObservedView(new MLContext().Data.LoadFromEnumerable(Endless()));
        var settings = SmallExperiments.Settings with { MaxExperimentTimeInSeconds = byToken ? 600 : 0.5 };
        var result = SmallExperiments.WithoutHanging(() => SmallExperiments.Create(settings).Add("linear", SmallExperiments.Linear)
            .Execute(rows, Validation, cancellationToken: stop.Token));

        Assert.Equal(byToken ? ExperimentEnd.Canceled : ExperimentEnd.MaxTime, result.EndedBy);
        Assert.Empty(result.RunDetails);
        Assert.Equal(["linear"], result.NotRun);
        Assert.Null(result.BestRun);
        Assert.True(SpinWait.SpinUntil(() => rows.CursorsDisposed == rows.CursorsOpened, Hang.Limit), "Reading continued.");
    }

    [Fact]
    public void Preprocessing_that_hangs_is_abandoned_when_the_budget_is_over()
    {
        using var never = new ManualResetEventSlim();
        var prefix = new StubEstimator(new MLContext(1).Transforms.NormalizeMinMax("Features"), _ => never.Wait(Hang.Limit));
        var result = SmallExperiments.WithoutHanging(() => SmallExperiments.Create(SmallExperiments.Settings with { MaxExperimentTimeInSeconds = 0.2 }).Add("linear", SmallExperiments.Linear)
            .Execute(Train, Validation, preFeaturizer: prefix));
        never.Set();

        Assert.Equal(ExperimentEnd.MaxTime, result.EndedBy);
        Assert.Equal(["linear"], result.NotRun);
    }

    [Fact]
    public void The_first_trial_reads_from_memory()
    {
        var (train, validation) = (new ObservedView(Train), new ObservedView(Validation));
        var read = new List<long>();
        SmallExperiments.Create()
            .Add("linear", context => new StubEstimator(SmallExperiments.Linear(context), _ => read.Add(train.RowsRead + validation.RowsRead)))
            .Execute(train, validation, preFeaturizer: new MLContext(1).Transforms.NormalizeMinMax("Features"));

        // Once each, before the trial began, and not in it.
        Assert.Equal([80], read);
        Assert.Equal(80, train.RowsRead + validation.RowsRead);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Rows_that_can_be_read_only_once_give_the_same(bool crossValidation, bool prefix)
    {
        ExperimentResult Run(IDataView data)
        {
            var transforms = prefix ? new MLContext(1).Transforms.NormalizeMinMax("Features") : null;
            var experiment = SmallExperiments.Create().Add("linear", SmallExperiments.Linear);
            return crossValidation ? experiment.Execute(data, numberOfCVFolds: 3, preFeaturizer: transforms) : experiment.Execute(data, preFeaturizer: transforms);
        }

        var once = Run(new MLContext().Data.LoadFromEnumerable(new Once(Bar.Rows(60, 1))));
        Assert.Equal(Run(Bar.View(60)).BestRun!.ValidationMetrics!.LogLoss, once.BestRun!.ValidationMetrics!.LogLoss);
    }

    [Fact]
    public void Rows_that_are_gone_when_they_are_read_again_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => SmallExperiments.Create(SmallExperiments.Settings with { CacheBeforeTrainer = false }).Add("linear", SmallExperiments.Linear)
            .Execute(new MLContext().Data.LoadFromEnumerable(new Once(Bar.Rows(60, 1))), numberOfCVFolds: 3));
        Assert.Contains("CacheBeforeTrainer", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Columns_that_cannot_be_held_are_not_lost(bool prefix)
    {
        Pictured[] rows = [.. Bar.Rows(40, 1).Select(row => new Pictured { Features = row.Features, Label = row.Label })];
        var names = new List<string>();
        var result = SmallExperiments.Create()
            .Add("linear", context => new StubEstimator(SmallExperiments.Linear(context), data => names.AddRange(data.Schema.Select(column => column.Name))))
            .Execute(new MLContext().Data.LoadFromEnumerable(rows), preFeaturizer: prefix ? new MLContext(1).Transforms.NormalizeMinMax("Features") : null);

        Assert.NotNull(result.BestRun);
        Assert.Contains("Picture", names);
    }

    [Fact]
    public void A_trial_that_hangs_says_in_what()
    {
        // So that two seconds are enough to come to where it hangs, on a busy machine too.
        SmallExperiments.Create().Add("warm-up", SmallExperiments.Bayes).Execute(Train, Validation);
        using var never = new ManualResetEventSlim();
        void WaitForEver() => never.Wait(Hang.Limit);
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrialTimeInSeconds = 2, MaxConcurrentTrials = 3 })
            .Add("building", context =>
            {
                WaitForEver();
                return SmallExperiments.Bayes(context);
            })
            .Add("fitting", context => new StubEstimator(SmallExperiments.Bayes(context), _ => WaitForEver()))
            .Add("scoring", context => SmallExperiments.Bayes(context).Append(context.Transforms.CustomMapping<Scored, Scored>(
                (input, output) =>
                {
                    WaitForEver();
                    output.Score = input.Score;
                },
                null)))
            .Execute(Train, Validation);
        never.Set();

        Assert.All(result.RunDetails, run => Assert.Contains(
            $"was over while it was {run.TrainerName}", Assert.IsType<TimeoutException>(run.Exception).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_reason_is_the_innermost_exception_with_its_type()
    {
        var inner = new ArithmeticException("the root of it");
        var result = SmallExperiments.Create()
            .Add("wrapped", _ => throw new InvalidOperationException("something went wrong", new System.Reflection.TargetInvocationException(new AggregateException(inner))))
            .Add("worked in", _ => throw new InvalidOperationException("Because of 'the root of it' do this.", inner))
            .Execute(Train, Validation);

        Assert.Same(inner, result.RunDetails[0].Exception);
        Assert.StartsWith("Because", result.RunDetails[1].Exception!.Message, StringComparison.Ordinal);
        using var file = new TemporaryFile(".csv");
        result.SaveCsv(file.Path);
        Assert.EndsWith("ArithmeticException: the root of it", File.ReadAllLines(file.Path)[1], StringComparison.Ordinal);
    }

    private sealed class Once(Bar[] rows) : IEnumerable<Bar>
    {
        private IEnumerator<Bar>? _rows = ((IEnumerable<Bar>)rows).GetEnumerator();

        public IEnumerator<Bar> GetEnumerator() => Interlocked.Exchange(ref _rows, null) ?? Enumerable.Empty<Bar>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Scored
    {
        [VectorType(3)]
        public float[] Score { get; set; } = [];
    }

    private sealed class Pictured
    {
        [VectorType(Bar.Steps * Bar.Width)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";

        [OpaqueValue.Values]
        public OpaqueValue Picture { get; set; }
    }
}
