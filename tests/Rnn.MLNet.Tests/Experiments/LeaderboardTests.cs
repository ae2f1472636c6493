namespace Rnn.MLNet.Tests.Experiments;

/// <summary>The order of the leaderboard, and what of a result is written.</summary>
public sealed class LeaderboardTests
{
    [Fact]
    public void The_smallest_loss_is_first_and_of_equal_ones_the_earliest_trial()
    {
        var result = ExperimentResults.Of(Run(1, 0.5), Run(2, null), Run(3, 0.25), Run(4, 0.5), Run(5, 0), Run(6, 0.25));
        Assert.Equal([5, 3, 6, 1, 4], result.Leaderboard.Select(run => run.TrialId));
        // Whatever order the rows have.
        Assert.Equal([5, 3, 6, 1, 4], (result with { RunDetails = [.. result.RunDetails.Reverse()] }).Leaderboard.Select(run => run.TrialId));
        Assert.Empty(ExperimentResults.Of(Run(1, null)).Leaderboard);
    }

    [Fact]
    public void Csv_has_a_line_a_trial_with_each_value_in_its_column()
    {
        using var file = new TemporaryFile(".csv");
        ExperimentResults.Of(RunDetails.Whole, new RnnRunDetail { TrialId = 2, TrainerName = "a \"b\"", Exception = new InvalidOperationException("one\ntwo, three") },
            new RnnRunDetail { TrialId = 3, TrainerName = "line\rbreak" }).SaveCsv(file.Path);
        Assert.Equal(
            "trialId,trainerName,loss,microAccuracy,macroAccuracy,logLoss,logLossReduction,topKAccuracy,runtimeInSeconds,trainingTimeInSeconds,microsecondsPerRow,modelSizeInBytes,peakMemoryInMegaBytes,settings,exception\n"
            + "7,search,0.125,0.875,0.75,0.5,0.25,1,3.5,2.5,1.5,1234,56.5,Units=8; Cell=GruCell,\n"
            + "2,\"a \"\"b\"\"\",,,,,,,0,0,,,0,,\"InvalidOperationException: one two, three\"\n"
            + "3,\"line\rbreak\",,,,,,,0,0,,,0,,\n",
            File.ReadAllText(file.Path));
    }

    [Theory]
    [InlineData(",a", "\",a\"")]
    [InlineData("\"a\" b", "\"\"\"a\"\" b\"")]
    [InlineData("a,", "\"a,\"")]
    [InlineData("a;b", "a;b")]
    public void Csv_quotes_what_would_end_a_cell_wherever_it_stands(string name, string cell)
    {
        using var file = new TemporaryFile(".csv");
        ExperimentResults.Of(new RnnRunDetail { TrialId = 2, TrainerName = name }).SaveCsv(file.Path);
        Assert.Equal($"2,{cell},,,,,,,0,0,,,0,,", File.ReadAllLines(file.Path)[1]);
    }

    [Fact]
    public void Json_has_the_trials_and_how_the_experiment_went()
    {
        using var file = new TemporaryFile(".json");
        (ExperimentResults.Of(RunDetails.Whole, Run(2, null)) with
        {
            NotRun = ["not begun"],
            Settings = new RnnExperimentSettings { MaxExperimentTimeInSeconds = 44, MaxTrials = 9, MaxConcurrentTrials = 2, Seed = 17, OptimizingMetric = MulticlassClassificationMetric.LogLoss },
        }).SaveJson(file.Path);
        using var json = JsonDocument.Parse(File.ReadAllText(file.Path));
        var root = json.RootElement;
        Assert.Equal(
            ["bestRun", "runDetails", "folds", "notRun", "optimizingMetric", "endedBy", "endedAt", "elapsedInSeconds", "overshootInSeconds", "fromJournal", "maxExperimentTimeInSeconds", "maxTrials", "maxConcurrentTrials", "seed", "environment"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(7, root.GetProperty("bestRun").GetProperty("trialId").GetInt32());
        Assert.Equal([7, 2], root.GetProperty("runDetails").EnumerateArray().Select(run => run.GetProperty("trialId").GetInt32()));
        Assert.Equal(["not begun"], root.GetProperty("notRun").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["LogLoss", "MaxTrials", "2026-01-02T03:04:05.0000000+01:00"], new[] { "optimizingMetric", "endedBy", "endedAt" }.Select(name => root.GetProperty(name).GetString()));
        Assert.Equal([125, 1.5, 3, 44, 9, 2, 17], new[] { "elapsedInSeconds", "overshootInSeconds", "fromJournal", "maxExperimentTimeInSeconds", "maxTrials", "maxConcurrentTrials", "seed" }.Select(name => root.GetProperty(name).GetDouble()));
        Assert.Equal("this one", root.GetProperty("environment").GetProperty("Machine").GetString());
        // For people as well: one property a line.
        Assert.Contains("\n  \"runDetails\": [\n", File.ReadAllText(file.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_of_no_good_trial_has_no_best_run()
    {
        using var file = new TemporaryFile(".json");
        (ExperimentResults.Of(Run(1, null)) with { BestRun = null }).SaveJson(file.Path);
        using var json = JsonDocument.Parse(File.ReadAllText(file.Path));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("bestRun").ValueKind);
        Assert.Throws<ArgumentException>(() => ExperimentResults.Of(Run(1, null)).SaveJson(""));
        Assert.Throws<ArgumentException>(() => ExperimentResults.Of(Run(1, null)).SaveCsv(""));
    }

    private static RnnRunDetail Run(int trial, double? loss) => new() { TrialId = trial, TrainerName = $"candidate {trial}", Loss = loss };
}
