using System.CommandLine;
using System.CommandLine.Parsing;

namespace Mnist;

/// <summary>Defines and validates the command-line options.</summary>
internal static class MnistCommand
{
    private static readonly string[] Cells = ["rnn", "lstm", "gru"];

    public static RootCommand Create(Action<MnistOptions> run)
    {
        var data = new Option<string?>("--data")
        {
            Description = "Folder with the four IDX files, gzipped or not [default: data/mnist]",
            HelpName = "DIR",
        };
        data.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } folder && !Directory.Exists(folder))
            {
                result.AddError($"--data: no folder '{folder}'");
            }
        });
        var cell = new Option<string>("--cell")
        {
            Description = "Recurrent cell",
            HelpName = string.Join('|', Cells),
            DefaultValueFactory = _ => "lstm",
            CustomParser = CellName,
        };
        var units = WholeNumber("--units", "Size of the hidden state", 128);
        var layers = WholeNumber("--layers", "Stacked recurrent layers", 1);
        var bidirectional = new Option<bool>("--bidirectional") { Description = "Read the image from the bottom up as well" };
        var epochs = OptionalWholeNumber("--epochs", "Passes over the training images [default: as many as they need]");
        var batchSize = OptionalWholeNumber("--batch-size", "Images in a minibatch [default: fits their number]");
        var limit = OptionalWholeNumber("--limit", "Train on only the first N images");
        var seed = WholeNumber("--seed", "Seed of the weights and the order of the images", 1, least: int.MinValue);
        var threads = OptionalWholeNumber("--threads", "Worker threads [default: one per core]");
        var model = OutputFileOption.Create("--model", "File for the trained pipeline [default: mnist-rnn.zip]");
        var onnx = OutputFileOption.Create("--onnx", "Also write the network as ONNX");
        var json = OutputFileOption.Create("--json", "Also write the results as JSON");

        const string Description = "Trains a recurrent network on the MNIST digits in an ML.NET pipeline. The network reads one row of pixels per time step.";
        var command = new RootCommand(Description)
        {
            data, cell, units, layers, bidirectional, epochs, batchSize, limit, seed, threads, model, onnx, json,
        };
        command.SetAction(parsed => run(new MnistOptions
        {
            DataFolder = parsed.GetValue(data) ?? MnistDataSet.FindFolder(),
            Cell = parsed.GetRequiredValue(cell),
            Units = parsed.GetValue(units),
            Layers = parsed.GetValue(layers),
            Bidirectional = parsed.GetValue(bidirectional),
            Epochs = parsed.GetValue(epochs),
            BatchSize = parsed.GetValue(batchSize),
            Limit = parsed.GetValue(limit),
            Seed = parsed.GetValue(seed),
            Threads = parsed.GetValue(threads),
            ModelPath = parsed.GetValue(model) ?? "mnist-rnn.zip",
            OnnxPath = parsed.GetValue(onnx),
            JsonPath = parsed.GetValue(json),
        }));
        return command;
    }

    private static string? CellName(ArgumentResult argument)
    {
        string name = argument.Tokens[0].Value;
        if (!Cells.Contains(name))
        {
            argument.AddError($"--cell: expected {string.Join(", ", Cells[..^1])} or {Cells[^1]}, got '{name}'");
        }

        return name;
    }

    private static Option<int> WholeNumber(string name, string description, int defaultValue, int least = 1) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = argument => Parse(argument, name, least) ?? defaultValue,
    };

    private static Option<int?> OptionalWholeNumber(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument => Parse(argument, name, least: 1),
    };

    private static int? Parse(ArgumentResult argument, string name, int least)
    {
        string text = argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least)
        {
            return number;
        }

        string range = least == int.MinValue ? "a whole number" : $"a whole number, {least} or more";
        argument.AddError($"{name}: expected {range}, got '{text}'");
        return null;
    }
}
