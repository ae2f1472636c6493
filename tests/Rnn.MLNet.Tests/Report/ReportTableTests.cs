using Rnn.MLNet.Tests.Experiments;

namespace Rnn.MLNet.Tests.Report;

/// <summary>The report's tables, line by line, of results that no trial has made.</summary>
public sealed class ReportTableTests
{
    private static readonly RnnRunDetail Best = new()
    {
        TrialId = 2,
        TrainerName = "search",
        Configuration = 4,
        Steps = 9,
        Settings = new Dictionary<string, string>
        {
            ["Configuration"] = "4",
            ["Steps"] = "9",
            ["Cell"] = "GruCell",
            ["Units"] = "8",
            ["Layers"] = "2",
            ["Bidirectional"] = "yes",
            ["LearningRate"] = "0.01",
            ["BatchSize"] = "32",
            ["Dropout"] = "0",
        },
        ValidationMetrics = Metrics(0.875),
        Loss = 0.125,
        RuntimeInSeconds = 12.25,
        TrainingTimeInSeconds = 8,
        MicrosecondsPerRow = 20,
        ModelSizeInBytes = 1_500_000,
        PeakMemory = 2_340_000_000,
        LearningCurve = [new LearningCurvePoint(1, 1, 0.4, null), new LearningCurvePoint(2, 0.5, 0.5, null)],
    };

    private static readonly RnnRunDetail Second = new()
    {
        TrialId = 1,
        TrainerName = "linear",
        ValidationMetrics = Metrics(0.75),
        Loss = 0.25,
        RuntimeInSeconds = 200,
        TrainingTimeInSeconds = 4,
        MicrosecondsPerRow = 5,
        ModelSizeInBytes = 12_000,
        PeakMemory = 999_000_000,
    };

    private static readonly RnnRunDetail Earlier = Best with { TrialId = 4, Steps = 3, Loss = 0.375, ValidationMetrics = Metrics(0.625), TrainingTimeInSeconds = 2 };

    private static readonly RnnRunDetail Failed = new() { TrialId = 3, TrainerName = "bad", Exception = new IOException("gone"), RuntimeInSeconds = 0.5, OvershootInSeconds = 0.25 };

    [Fact]
    public void The_leaderboard_has_the_last_step_of_each_configuration_best_first()
    {
        var page = Page(Result(Second, Best, Failed, Earlier));
        var board = Between(page, "<table class=\"board\">", "</table>");
        var rows = board.Split("<tr")[2..];
        Assert.Equal(2, rows.Length);
        Assert.Contains(" class=\"best\"><td class=\"number rank\">1</td>", rows[0], StringComparison.Ordinal);
        Assert.Contains("search<small>#4: Gru 8 × 2, bidirectional, learning rate 0.01, batch 32, 9 steps</small>", System.Net.WebUtility.HtmlDecode(rows[0]), StringComparison.Ordinal);
        Assert.Contains("<td class=\"number strong\">87.50 %</td><td class=\"number\">80.00 %</td><td class=\"number\">0.5000</td>", rows[0], StringComparison.Ordinal);
        Assert.Contains("8.00 s<span style=\"width:100.0%\"></span>", rows[0], StringComparison.Ordinal);
        Assert.Contains("20.0 &#181;s<span style=\"width:100.0%\"></span>", rows[0], StringComparison.Ordinal);
        Assert.Contains("1.5 MB<span style=\"width:100.0%\"></span>", rows[0], StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">2.34 GB</td>", rows[0], StringComparison.Ordinal);
        Assert.Contains("><td class=\"number rank\">2</td>", rows[1], StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"best\"", rows[1], StringComparison.Ordinal);
        Assert.Contains("4.00 s<span style=\"width:50.0%\"></span>", rows[1], StringComparison.Ordinal);
        Assert.Contains("5.0 &#181;s<span style=\"width:25.0%\"></span>", rows[1], StringComparison.Ordinal);
        Assert.Contains("12 kB<span style=\"width:0.8%\"></span>", rows[1], StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">999.0 MB</td>", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_best_step_that_was_trained_further_and_became_worse_is_first_all_the_same()
    {
        var (best, further) = (Best with { Steps = 3 }, Earlier with { Steps = 9 });
        var rows = Between(Page(Result(Second, best, further) with { BestRun = best }), "<table class=\"board\">", "</table>").Split("<tr")[2..];
        Assert.Equal(["87.50 %", "75.00 %", "62.50 %"], rows.Select(row => Between(row, "<td class=\"number strong\">", "</td>")));
    }

    [Fact]
    public void The_summary_says_what_won_and_how_it_went()
    {
        var page = Page(Result(Second, Best, Failed));
        Assert.Contains("Comparison · 2026-01-02 03:04", page, StringComparison.Ordinal);
        Assert.Contains("<h1>search <span>87.50 %</span></h1><p class=\"lead\">best micro-accuracy on the validation rows · #4", page, StringComparison.Ordinal);
        Assert.Contains("3 of 1,300 validation rows belong to classes without training rows. They are included in the metrics. 1 row has no label and is excluded.", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Trials</dt><dd>3</dd><dd class=\"note\">1 failed or cut short</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Time</dt><dd>2 min 05 s</dd><dd class=\"note\">of 100.0 s; ended by the trial limit</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Over budget</dt><dd>1.50 s</dd><dd class=\"note\">every cancelled trial stopped within 0.25 s</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Best model</dt><dd>1.5 MB</dd><dd class=\"note\">20.0 &#181;s per row, trained in 8.00 s</dd>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExperimentEnd.MaxTime, "ended by the time limit<")]
    [InlineData(ExperimentEnd.Canceled, "ended by cancellation<")]
    [InlineData(ExperimentEnd.NothingLeft, "everything was tried<")]
    public void The_end_has_a_name(ExperimentEnd end, string name) => Assert.Contains(name, Page(Result(Second, Best) with { EndedBy = end }), StringComparison.Ordinal);

    [Fact]
    public void Trials_that_did_not_stop_or_had_not_to_are_reported()
    {
        Assert.Contains("no trial was cancelled", Page(Result(Second, Best)), StringComparison.Ordinal);
        Assert.Contains("all succeeded", Page(Result(Second, Best)), StringComparison.Ordinal);
        Assert.Contains("1 trial did not stop when cancelled and was abandoned", Page(Result(Second, Best, Failed with { Abandoned = true })), StringComparison.Ordinal);
        Assert.Contains("2 trials did not stop when cancelled and were abandoned", Page(Result(Second, Best, Failed with { Abandoned = true }, Failed with { TrialId = 4, Abandoned = true })), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_result_has_a_reason()
    {
        var page = Page(Result(Second, Best, Failed) with { NotRun = ["never"] });
        Assert.Contains("<tr><td class=\"number\">3</td><td>bad</td><td>IOException: gone</td><td class=\"number\">0.50 s</td><td class=\"number\">0.25 s</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<td>never</td><td>Not started within the budget.</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">1</td><td>linear</td><td class=\"soft\">as defined by the candidate</td><td class=\"number\">75.00 %</td><td class=\"number\">3 min 20 s</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">–</td><td class=\"number\">0.50 s</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Trials without a result", Page(Result(Second, Best)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_classes_have_their_counts_and_shares()
    {
        var page = Page(Result(Second, Best));
        Assert.Contains("<tr><th>yes</th><td class=\"right\" style=\"--shade:53%\">900</td><td class=\"wrong\" style=\"--shade:45%\">300</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><th>no</th><td class=\"none\">·</td><td class=\"right\" style=\"--shade:67%\">97</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>yes</td><td class=\"number\">80.00 %</td><td class=\"number\">75.00 %</td><td class=\"number\">1,200</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>no</td><td class=\"number\">–</td><td class=\"number\">60.00 %</td><td class=\"number\">97</td></tr>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MulticlassClassificationMetric.MacroAccuracy, "macro-accuracy", "80.00 %")]
    [InlineData(MulticlassClassificationMetric.LogLoss, "log-loss", "0.5000")]
    [InlineData(MulticlassClassificationMetric.LogLossReduction, "log-loss reduction", "25.00 %")]
    [InlineData(MulticlassClassificationMetric.TopKAccuracy, "top-k accuracy", "95.00 %")]
    public void The_metric_is_the_one_that_was_optimised(MulticlassClassificationMetric metric, string name, string value)
    {
        var page = Page(Result(Second, Best) with { Settings = new RnnExperimentSettings { OptimizingMetric = metric } });
        Assert.Contains($"<h1>search <span>{value}</span></h1><p class=\"lead\">best {name} on", page, StringComparison.Ordinal);
        Assert.Contains($"<figcaption>{name} against training time</figcaption>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_and_the_machine_are_listed()
    {
        var page = Page(Result(Second, Best));
        foreach (var (name, value) in new[] { ("Seed", "17"), ("Metric", "micro-accuracy"), ("Budget", "100.0 s, 9 trials"), ("Concurrent trials", "2"), ("Trials from an earlier run", "3"), ("Machine", "this one") })
        {
            Assert.Contains($"<div><dt>{name}</dt><dd>{value}</dd></div>", page, StringComparison.Ordinal);
        }
    }

    private static ExperimentMetrics Metrics(double accuracy) => new()
    {
        MicroAccuracy = accuracy,
        MacroAccuracy = 0.8,
        LogLoss = 0.5,
        LogLossReduction = 0.25,
        TopKAccuracy = 0.95,
        Classes = ["yes", "no"],
        PerClassPrecision = [0.8, double.NaN],
        PerClassRecall = [0.75, 0.6],
        ConfusionMatrix = [[900, 300], [0, 97]],
        Rows = 1300,
        RowsOfUnknownClass = 3,
        RowsWithoutLabel = 1,
    };

    private static ExperimentResult Result(params RnnRunDetail[] runs) => ExperimentResults.Of(runs) with { BestRun = Best };

    private static string Page(ExperimentResult result)
    {
        using var file = new TemporaryFile(".html");
        result.SaveReport(file.Path);
        return File.ReadAllText(file.Path);
    }

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
