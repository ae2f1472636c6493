using System.CommandLine;

namespace Rnn.MLNet.Benchmarks.Windows;

/// <summary>Defines the command line of the program that measures how fast a table is cut into windows.</summary>
internal static class WindowsCommand
{
    public const string Switch = "--windows";

    public static RootCommand Create()
    {
        var rows = new Option<int?>(Switch)
        {
            Description = "Cut windows out of a table of N rows [1000000] and of one of a tenth as many, in 1,000 groups",
            HelpName = "N",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new RootCommand("Measures the speed and the memory of windows, and checks that none crosses a group: see docs/sequences.md.") { rows };
        command.SetAction(parsed =>
        {
            WindowsProgram.Run(parsed.GetValue(rows) ?? 1_000_000);
            return 0;
        });
        return command;
    }
}
