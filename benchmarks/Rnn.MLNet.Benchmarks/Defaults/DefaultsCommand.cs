using System.CommandLine;

namespace Rnn.MLNet.Benchmarks.Defaults;

/// <summary>Defines the command line of the programs that measure what networks learn with the default options.</summary>
internal static class DefaultsCommand
{
    public static readonly string[] Switches = ["--series", "--digits", "--balance"];

    public static RootCommand Create()
    {
        var series = new Option<string?>("--series") { Description = "Train on every data set in FOLDER (NAME/NAME_TRAIN.ts and NAME_TEST.ts) whose sequences have the same length", HelpName = "FOLDER" };
        var digits = new Option<int?>("--digits") { Description = "Train on the first N of MNIST's images [60000], with pixels from 0 to 1 and from 0 to 255", HelpName = "N", Arity = ArgumentArity.ZeroOrOne };
        var balance = new Option<bool>("--balance") { Description = "Train on one row of a rare class in a hundred, with and without balanced class weights" };
        var seeds = new Option<int>("--seeds") { Description = "Number of seeds", HelpName = "N", DefaultValueFactory = _ => 5 };
        var command = new RootCommand("Measures what networks learn if only the number of time steps is set: see docs/defaults.md.") { series, digits, balance, seeds };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(series) is { } folder)
            {
                SeriesProgram.Run(folder, parsed.GetValue(seeds));
            }

            if (parsed.GetResult(digits) is not null)
            {
                DigitsProgram.Run(parsed.GetValue(digits) ?? 60_000, parsed.GetValue(seeds));
            }

            if (parsed.GetValue(balance))
            {
                BalanceProgram.Run(parsed.GetValue(seeds));
            }

            return 0;
        });
        return command;
    }
}
