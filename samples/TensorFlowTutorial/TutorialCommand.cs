using System.CommandLine;

namespace TensorFlowTutorial;

/// <summary>Defines the command line: the tutorial itself and the commands that print the tables of README.md.</summary>
internal static class TutorialCommand
{
    private const string Description =
        "The LSTM and the bidirectional LSTM of a TensorFlow 1 tutorial on the MNIST digits, in ML.NET. The networks read one row of pixels per time step.";

    public static RootCommand Create(CancellationToken stop)
    {
        var data = Folder();
        var cell = Choice("--cell", "TensorFlow cell", CellChoice.All.Select(choice => choice.Option), name => CellChoice.Find(name) is not null, CellChoice.Default.Option);
        var bidirectional = new Option<bool>("--bidirectional") { Description = "Run the second program, which also reads the image from the bottom up" };
        var steps = WholeNumber("--steps", "Training steps, one minibatch of 128 images each", 10_000);
        var learningRate = LearningRate();
        var optimizer = Choice("--optimizer", "Optimiser", Enum.GetNames<OptimizerKind>().Select(name => name.ToLowerInvariant()), name => Optimizer(name) is not null, "sgd");
        var seed = WholeNumber("--seed", "Seed of the weights and the order of the images", 1, least: int.MinValue);
        var json = OutputFileOption.Create("--json", "Also write the results as JSON");
        var command = new RootCommand(Description) { data, cell, bidirectional, steps, learningRate, optimizer, seed, json };
        command.SetAction(parsed => Tutorial.Run(
            new TutorialOptions
            {
                DataFolder = parsed.GetValue(data) ?? MnistDataSet.FindFolder(),
                Cell = CellChoice.Find(parsed.GetRequiredValue(cell))!,
                Bidirectional = parsed.GetValue(bidirectional),
                Steps = parsed.GetValue(steps),
                LearningRate = parsed.GetValue(learningRate),
                Optimizer = Optimizer(parsed.GetRequiredValue(optimizer))!.Value,
                Seed = parsed.GetValue(seed),
                JsonPath = parsed.GetValue(json),
            },
            stop));
        command.Add(Cells(stop));
        command.Add(Speed());
        return command;
    }

    private static Command Cells(CancellationToken stop)
    {
        var data = Folder();
        var epochs = WholeNumber("--epochs", "Passes over the training images", 3);
        var seed = WholeNumber("--seed", "Seed of the weights and the order of the images", 1, least: int.MinValue);
        var command = new Command("cells", "Trains each of the five cells with Adam and prints a table of the results") { data, epochs, seed };
        command.SetAction(parsed =>
            CellTable.Run(parsed.GetValue(data) ?? MnistDataSet.FindFolder(), parsed.GetValue(epochs), parsed.GetValue(seed), stop));
        return command;
    }

    private static Command Speed()
    {
        var data = Folder();
        var rounds = WholeNumber("--rounds", "Number of rounds", 7);
        var seed = WholeNumber("--seed", "Seed of the weights and the order of the images", 1, least: int.MinValue);
        var command = new Command("speed", "Measures the training and scoring speed of each cell and prints a table") { data, rounds, seed };
        command.SetAction(parsed =>
            SpeedTable.Run(parsed.GetValue(data) ?? MnistDataSet.FindFolder(), parsed.GetValue(rounds), parsed.GetValue(seed)));
        return command;
    }

    private static Option<string?> Folder()
    {
        var option = new Option<string?>("--data") { Description = "Folder with the four IDX files, gzipped or not [default: data/mnist]", HelpName = "DIR" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } folder && !Directory.Exists(folder))
            {
                result.AddError($"--data: no folder '{folder}'");
            }
        });
        return option;
    }

    private static OptimizerKind? Optimizer(string name) =>
        Enum.GetValues<OptimizerKind>().Cast<OptimizerKind?>().FirstOrDefault(kind => kind.ToString()!.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Option<string> Choice(string name, string description, IEnumerable<string> names, Predicate<string> isKnown, string defaultName)
    {
        var listed = string.Join('|', names);
        var option = new Option<string>(name) { Description = description, HelpName = listed, DefaultValueFactory = _ => defaultName };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } given && !isKnown(given))
            {
                result.AddError($"{name}: expected one of {listed.Replace("|", ", ")}, got '{given}'");
            }
        });
        return option;
    }

    private static Option<int> WholeNumber(string name, string description, int defaultValue, int least = 1) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least)
            {
                return number;
            }

            argument.AddError($"{name}: expected a whole number{(least == int.MinValue ? "" : $", {least} or more")}, got '{text}'");
            return defaultValue;
        },
    };

    private static Option<double> LearningRate() => new("--learning-rate")
    {
        Description = "Learning rate",
        HelpName = "X",
        DefaultValueFactory = _ => 0.001,
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number))
            {
                return number;
            }

            argument.AddError($"--learning-rate: expected a positive number, got '{text}'");
            return 0.001;
        },
    };
}
