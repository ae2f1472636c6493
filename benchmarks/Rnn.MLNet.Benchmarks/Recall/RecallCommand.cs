using System.CommandLine;

namespace Rnn.MLNet.Benchmarks.Recall;

/// <summary>Defines the command line of --recall.</summary>
internal static class RecallCommand
{
    public const string Switch = "--recall";

    public static RootCommand Create()
    {
        var recall = new Option<bool>(Switch) { Description = "Train LSTM, GRU and simple RNN on generated sequences whose answer lies at the beginning" };
        var task = new Option<string>("--task") { Description = "Only this task", HelpName = "copy|order", DefaultValueFactory = _ => "both" };
        task.AcceptOnlyFromAmong("copy", "order", "both");
        var lengths = Numbers("--lengths", "Numbers of time steps", least: 10, 50, 100);
        lengths.AllowMultipleArgumentsPerToken = true;
        var seeds = Numbers("--seeds", "Number of seeds", least: 1, 3);
        var steps = Numbers("--steps", "Optimiser steps at most", least: 1, 5_000);
        var command = new RootCommand("Measures how many optimiser steps the cells need to remember the beginning of a sequence.") { recall, task, lengths, seeds, steps };
        command.SetAction(parsed => RecallProgram.Run(new RecallOptions(
            parsed.GetValue(task) switch
            {
                "copy" => [RecallTask.CopyMemory],
                "order" => [RecallTask.TemporalOrder],
                _ => [RecallTask.CopyMemory, RecallTask.TemporalOrder],
            },
            parsed.GetValue(lengths)!,
            parsed.GetValue(seeds)![0],
            parsed.GetValue(steps)![0])));
        return command;
    }

    private static Option<int[]> Numbers(string name, string description, int least, params int[] defaultValues)
    {
        var option = new Option<int[]>(name) { Description = description, HelpName = "N", Arity = ArgumentArity.OneOrMore, DefaultValueFactory = _ => defaultValues };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int[]>() is { } numbers && numbers.Any(number => number < least))
            {
                result.AddError($"{name}: expected {least} or more");
            }
        });
        return option;
    }
}
