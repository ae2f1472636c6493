namespace Rnn.MLNet.Benchmarks.Steps;

/// <summary>Implements --steps: the contests of <see cref="StepContest"/> as one row for each network.</summary>
internal static class StepsProgram
{
    public static void Run(int rounds)
    {
        var options = new Comparison.CompareOptions(rounds, RoundTime: null, new Selection([]), JsonPath: null, MarkdownPath: null);
        var runner = new ContestRunner(options, Console.Error.WriteLine);
        Console.WriteLine(MachineDescription.Text);
        if (MachineLoad.Warning() is { } load)
        {
            Console.WriteLine($"warning: {load}");
        }

        var results = StepContest.All().Select(contest => (contest.Name, Rows: runner.Run(contest))).ToList();
        MarkdownTable.Begin("Network", "Engine, µs", "99th percentile, µs", "Bytes", "ONNX Runtime, µs", "99th percentile, µs", "Bytes", "Ratio");
        foreach (var (contest, rows) in results)
        {
            foreach (var network in rows.Select(row => row.Name.Split('/')[^1]).Distinct().Except([StepContest.OnnxRuntime]))
            {
                // The cells without a contender of ONNX Runtime are compared with the LSTM, which has a row already.
                if (contest != results[^1].Name || network != StepContest.Lstm)
                {
                    Print(contest, rows.ToDictionary(row => row.Name), network);
                }
            }
        }
    }

    private static void Print(string contest, Dictionary<string, ResultRow> rows, string contender)
    {
        string[] metrics = ["median", "p99", "allocated"];
        var isAlone = contender != StepContest.Engine;
        MarkdownTable.Row(
        [
            isAlone ? contender : contest.Split('/')[^1],
            .. metrics.Select(metric => Value(contender, metric)),
            .. metrics.Select(metric => isAlone ? "" : Value(StepContest.OnnxRuntime, metric)),
            isAlone ? "" : Figure.Ratio(rows[$"{contest}/median/{contender}"].Ratio),
        ]);

        string Value(string name, string metric)
        {
            var value = rows[$"{contest}/{metric}/{name}"].Median!.Value;
            return value.ToString(metric == "allocated" ? "F0" : "F1", CultureInfo.InvariantCulture);
        }
    }
}
