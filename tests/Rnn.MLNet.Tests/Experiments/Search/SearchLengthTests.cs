namespace Rnn.MLNet.Tests.Experiments.Search;

/// <summary>For how many optimiser steps a search fully trains a configuration, by the options and the rows, and what it says if it cannot tell.</summary>
public sealed class SearchLengthTests
{
    /// <summary>A network of one unit, with a weight column that no data has: the trials fail before they train, but their steps are decided.</summary>
    private static readonly RnnClassifierOptions Untrained = new()
    {
        TimeSteps = Bar.Steps,
        Cell = new GruCell(1),
        ExampleWeightColumnName = "Weight",
        Precision = RnnPrecision.Float32,
    };

    private static readonly RnnClassifierOptions Trained = Untrained with { ExampleWeightColumnName = null };

    private static readonly IDataView Train = Bar.View(300), Validation = Bar.View(12, seed: 2);

    [Fact]
    public void Epochs_are_those_of_minibatches_of_the_options_whatever_size_is_drawn()
    {
        var options = Untrained with { Epochs = 4, BatchSize = 32 };
        Assert.Equal(40, Steps(options));
        Assert.Equal(40, Steps(options, new RnnSearchSpace { BatchSize = [7] }));
        Assert.Equal(40, Steps(options, new RnnSearchSpace { BatchSize = [300] }));
        Assert.Equal(4 * 19, Steps(options with { BatchSize = null }));
        Assert.Equal(4, Steps(options with { BatchSize = int.MaxValue }));
    }

    [Fact]
    public void The_most_steps_of_the_options_are_those_of_full_training_if_they_are_less()
    {
        var options = Untrained with { Epochs = 4, BatchSize = 32 };
        Assert.Equal(39, Steps(options with { MaxSteps = 39 }));
        Assert.Equal(40, Steps(options with { MaxSteps = 41 }));
        Assert.Equal(41, Steps(Untrained with { MaxSteps = 41 }));
        Assert.Equal(1, Steps(Untrained with { MaxSteps = 1 }));
    }

    [Fact]
    public void More_steps_than_an_int_holds_are_as_many_as_it_holds()
    {
        Assert.Equal(int.MaxValue, Steps(Untrained with { MaxSteps = long.MaxValue }));
        Assert.Equal(int.MaxValue, Steps(Untrained with { Epochs = int.MaxValue, BatchSize = 1 }));
        Assert.Equal(int.MaxValue, Steps(Untrained with { Epochs = int.MaxValue, BatchSize = 300 }));
    }

    /// <summary>What a network of the same options, trained outside a search, says when it begins.</summary>
    public static TheoryData<string, RnnClassifierOptions> Lengths => new()
    {
        { "nothing", Trained },
        { "batch size", Trained with { BatchSize = 50 } },
        { "epochs", Trained with { Epochs = 3 } },
        { "epochs and batch size", Trained with { Epochs = 3, BatchSize = 50 } },
        { "most steps", Trained with { MaxSteps = 77 } },
        { "epochs of the schedule", Trained with { ScheduleEpochs = 5 } },
        { "epochs, of the schedule too", Trained with { Epochs = 3, ScheduleEpochs = 5 } },
        { "fraction", Trained with { Epochs = 3, BatchSize = 50, ValidationFraction = 0.51 } },
        { "fraction alone", Trained with { ValidationFraction = 0.51 } },
    };

    [Theory]
    [MemberData(nameof(Lengths), DisableDiscoveryEnumeration = true)]
    public void It_is_the_length_of_a_training_of_the_same_options(string given, RnnClassifierOptions options)
    {
        using var stop = new CancellationTokenSource();
        long? planned = null;
        var listener = new Listener(progress =>
        {
            planned = progress.TotalSteps;
            stop.Cancel();
        });
        var pipeline = new MLContext(1).Transforms.Conversion.MapValueToKey("Label").Append(
            new MLContext(1).Transforms.RnnClassifier(options with { CancellationToken = stop.Token, Progress = listener }));
        Assert.Throws<OperationCanceledException>(() => pipeline.Fit(Train));

        Assert.NotNull(planned);
        Assert.True(planned == Steps(options with { ExampleWeightColumnName = "Weight" }), given);
    }

    [Fact]
    public void A_search_that_leaves_everything_open_trains_for_thousands_of_steps()
    {
        // 19 minibatches of 16 rows; ten steps a row, rounded up to whole epochs.
        Assert.Equal(3002, Steps(Untrained));
        Assert.Equal(1000, Steps(Untrained, strategy: new SuccessiveHalving { MinSteps = 400 }));
        Assert.Equal(111, Steps(Untrained, strategy: new SuccessiveHalving()));
    }

    [Fact]
    public void It_is_trained_for_exactly_those_steps()
    {
        var result = SmallExperiments.Create().AddSearch(
            "search", new RnnSearchSpace { Cells = [new GruCell(1)], Units = (1, 1), Layers = (1, 1), BatchSize = [100] }, Trained with { Epochs = 2, BatchSize = 60 },
            new RandomSearch { MaxConfigurations = 1 }).Execute(Train, Validation);

        // Two epochs of five minibatches are ten steps, which are three epochs of three larger ones and a step.
        Assert.Null(result.RunDetails[0].Reason);
        Assert.Equal(10, result.RunDetails[0].Steps);
        var history = ((TransformerChain<ITransformer>)result.BestRun!.Model!).OfType<RnnClassifierTransformer>().Single().History;
        Assert.Equal((10, 100), (history.Steps, history.BatchSize));
        Assert.Equal(4, history.Epochs.Count);
    }

    [Theory]
    [InlineData("set", 40 - 10)]
    [InlineData("fraction", 40 - 10 - 6)]
    [InlineData("folds", 20)]
    public void Rows_without_a_label_are_no_training_rows(string split, int labelled)
    {
        Bar[] rows = [.. Bar.Rows(40, 1).Select((row, index) => new Bar { Features = row.Features, Label = index % 4 == 3 ? "" : "abc"[index % 4].ToString() })];
        var data = new MLContext(1).Data.LoadFromEnumerable(rows);
        var search = SmallExperiments.Create().AddSearch(
            "search", new RnnSearchSpace { Cells = [new GruCell(1)], Units = (1, 1), BatchSize = [1] }, Trained with { Epochs = 1, BatchSize = 1 }, new RandomSearch { MaxConfigurations = 1 });
        var run = (split switch
        {
            "set" => search.Execute(data, data),
            "fraction" => search.Execute(data),
            _ => search.Execute(data, numberOfCVFolds: 3),
        }).RunDetails.Single();

        Assert.Null(run.Reason);
        Assert.Equal(labelled, run.Steps);
        // One epoch: the network counts the same rows.
        Assert.Single(run.LearningCurve);
    }

    [Theory]
    [InlineData("Pixels", Bar.Steps, "ArgumentException: The feature column 'Pixels' is not in the data, which has 'Features', 'Label'.")]
    [InlineData("Label", Bar.Steps, "ArgumentException: The feature column 'Label' must be a vector of Single or Double of known size; it is ")]
    [InlineData("Features", 7, "ArgumentException: The length of the feature column 'Features', 32, must be a multiple of TimeSteps, 7;")]
    [InlineData("Features", null, "ArgumentException: The feature column 'Features' is a vector of one dimension, ")]
    public void Features_that_no_network_can_read_fail_one_trial_and_the_others_run(string column, int? timeSteps, string reason)
    {
        var result = SmallExperiments.Create()
            .AddSearch("search", new RnnSearchSpace(), Trained with { FeatureColumnName = column, TimeSteps = timeSteps })
            .Add("linear", SmallExperiments.Linear)
            .AddSearch("other", SmallExperiments.Space, Trained with { MaxSteps = 1 }, new RandomSearch { MaxConfigurations = 2 })
            .Execute(Train, Validation);

        Assert.Equal(["search", "linear", "other", "other"], result.RunDetails.Select(run => run.TrainerName));
        Assert.StartsWith(reason, result.RunDetails[0].Reason, StringComparison.Ordinal);
        Assert.Equal((null, null), (result.RunDetails[0].Configuration, result.RunDetails[0].Steps));
        Assert.All(result.RunDetails.Skip(1), run => Assert.Null(run.Reason));
        Assert.Empty(result.NotRun);
        Assert.Equal(ExperimentEnd.NothingLeft, result.EndedBy);
    }

    [Fact]
    public void A_fraction_that_leaves_no_row_to_train_on_fails_one_trial()
    {
        var result = SmallExperiments.Create()
            .AddSearch("search", new RnnSearchSpace(), Trained with { ValidationFraction = 0.9 })
            .Execute(Bar.View(4), Validation);
        Assert.Equal(
            "ArgumentException: The search has no rows to train on: 4 training rows have a label, of which its ValidationFraction of 0.9 holds out 4.",
            Assert.Single(result.RunDetails).Reason);
    }

    [Fact]
    public void The_schedule_spans_its_own_epochs_of_minibatches_of_the_options()
    {
        string Reason(RnnClassifierOptions options)
        {
            // A strategy that goes beyond full training changes the span, which the checkpoint does not allow unless the span is longer anyway.
            var result = SmallExperiments.Create().AddSearch(
                "search", new RnnSearchSpace { Cells = [new GruCell(1)], Units = (1, 1), BatchSize = [50] }, options,
                new ScriptedSearch(SearchDecision.Train(0, 6), SearchDecision.Train(0, 7))).Execute(Train, Validation);
            Assert.Null(result.RunDetails[0].Reason);
            return result.RunDetails[1].Reason ?? "";
        }

        var options = Trained with { Epochs = 1, BatchSize = 50 };
        Assert.Contains("minibatches that the schedule spans (ScheduleEpochs): expected 7, found 6", Reason(options), StringComparison.Ordinal);
        Assert.Equal("", Reason(options with { ScheduleEpochs = 2 }));
    }

    private static int? Steps(RnnClassifierOptions options, RnnSearchSpace? space = null, ISearchStrategy? strategy = null) => SmallExperiments.Create(SmallExperiments.Settings with { MaxTrials = 1 })
        .AddSearch("search", space ?? new RnnSearchSpace(), options, strategy ?? new RandomSearch { MaxConfigurations = 1 }).Execute(Train, Validation).RunDetails.Single().Steps;
}
