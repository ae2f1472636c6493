using System.CommandLine;
using System.CommandLine.Parsing;

namespace Compare;

/// <summary>Defines and validates the command-line options.</summary>
internal static class CompareCommand
{
    public static RootCommand Create(Func<CompareOptions, int> run)
    {
        var minutes = new Option<double>("--minutes")
        {
            Description = "Time budget in minutes; may be a fraction",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
            CustomParser = argument => Number(argument, "--minutes"),
        };
        var trials = WholeNumber<int?>("--trials", "Maximum number of trials [default: as many as the time allows]", number => number);
        var limit = WholeNumber<int?>("--limit", "Train on only the first N images", number => number);
        var seed = WholeNumber<int>("--seed", "Random seed", number => number, least: int.MinValue);
        seed.DefaultValueFactory = _ => 1;
        var concurrent = WholeNumber<int>("--concurrent", "Number of concurrent trials", number => number);
        concurrent.DefaultValueFactory = _ => 1;
        var steps = WholeNumber<int>("--steps", "With --mode strategies: total optimiser steps of each search", number => number);
        steps.DefaultValueFactory = _ => 8100;
        var data = new Option<string?>("--data") { Description = "Folder with the four IDX files, gzipped or not [default: data/mnist]", HelpName = "DIR" };
        data.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } folder && !Directory.Exists(folder))
            {
                result.AddError($"--data: no folder '{folder}'");
            }
        });
        var work = new Option<string>("--work")
        {
            Description = "Folder of the journal; an interrupted comparison is resumed from it",
            HelpName = "DIR",
            DefaultValueFactory = _ => "comparison-work",
        };
        var fresh = new Option<bool>("--fresh") { Description = "Start over, ignoring the journal" };
        var report = OutputFileOption.Create("--report", "File for the report [default: comparison.html]");
        var json = OutputFileOption.Create("--json", "Also write the results as JSON");
        var csv = OutputFileOption.Create("--csv", "Also write the results as CSV");
        var model = OutputFileOption.Create("--model", "File for the best model [default: comparison-best.zip]");
        var mode = new Option<CompareMode>("--mode")
        {
            Description = "candidates: networks and ML.NET's trainers; strategies: successive halving and random search; memory: peak memory of 10 and of 40 trials",
            HelpName = "candidates|strategies|memory",
            CustomParser = Mode,
        };

        var command = new RootCommand("Compares recurrent networks with ML.NET's own trainers on the MNIST digits: one budget, one leaderboard, one report.")
        {
            minutes, trials, limit, seed, concurrent, data, work, fresh, report, json, csv, model, mode, steps,
        };
        command.SetAction(parsed => run(new CompareOptions
        {
            DataFolder = parsed.GetValue(data) ?? MnistDataSet.FindFolder(),
            Minutes = parsed.GetValue(minutes),
            Trials = parsed.GetValue(trials),
            Limit = parsed.GetValue(limit),
            Seed = parsed.GetValue(seed),
            Concurrent = parsed.GetValue(concurrent),
            WorkFolder = parsed.GetRequiredValue(work),
            Fresh = parsed.GetValue(fresh),
            ReportPath = parsed.GetValue(report) ?? "comparison.html",
            JsonPath = parsed.GetValue(json),
            CsvPath = parsed.GetValue(csv),
            ModelPath = parsed.GetValue(model) ?? "comparison-best.zip",
            Steps = parsed.GetValue(steps),
            Mode = parsed.GetValue(mode),
        }));
        return command;
    }

    private static CompareMode Mode(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (!Enum.TryParse(text, ignoreCase: true, out CompareMode mode) || !Enum.IsDefined(mode))
        {
            argument.AddError($"--mode: expected candidates, strategies or memory, got '{text}'");
        }

        return mode;
    }

    private static double Number(ArgumentResult argument, string name)
    {
        string text = argument.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number > 0)
        {
            return number;
        }

        argument.AddError($"{name}: expected a number above 0, got '{text}'");
        return 1;
    }

    private static Option<T> WholeNumber<T>(string name, string description, Func<int, T> convert, int least = 1) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least)
            {
                return convert(number);
            }

            argument.AddError($"{name}: expected a whole number{(least == 1 ? ", 1 or more" : "")}, got '{text}'");
            return convert(1);
        },
    };
}
