using System.CommandLine;

namespace Rnn.MLNet.Benchmarks.Web;

/// <summary>Defines the command line of --web.</summary>
internal static class WebCommand
{
    public const string Switch = "--web";

    public static RootCommand Create()
    {
        var web = new Option<bool>(Switch) { Description = "Measure the sample WebApi on the loopback, at 1, 8 and 32 connections" };
        var rounds = ValidatedOption.Number("--rounds", "N", "Rounds [default: 5]", 1);
        var seconds = ValidatedOption.Number("--seconds", "S", "Seconds of each endpoint and number of connections in a round [default: 2]", 0.05);
        var batch = ValidatedOption.Number("--batch", "N", "Rows in a batch, up to 256 [default: 64]", 1);
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() > 256)
            {
                result.AddError("--batch: expected a number of at most 256");
            }
        });
        var json = ValidatedOption.Path("--json", "Also write the results as JSON");
        var command = new RootCommand("Measures the sample WebApi beside an endpoint that does nothing: see samples/WebApi/README.md.") { web, rounds, seconds, batch, json };
        command.SetAction((parsed, _) => WebProgram.RunAsync(new WebOptions(
            parsed.GetValue(rounds) ?? 5,
            TimeSpan.FromSeconds(parsed.GetValue(seconds) ?? 2),
            parsed.GetValue(batch) ?? 64,
            parsed.GetValue(json))));
        return command;
    }
}
