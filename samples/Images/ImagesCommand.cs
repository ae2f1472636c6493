using System.CommandLine;
using System.CommandLine.Parsing;

namespace Images;

/// <summary>Defines and validates the command-line options.</summary>
internal static class ImagesCommand
{
    private const int PatchSide = 7;

    private static readonly Dictionary<string, SequenceLayout> Layouts = new()
    {
        ["rows"] = SequenceLayout.Rows,
        ["columns"] = SequenceLayout.Columns,
        ["patches"] = SequenceLayout.Patches(PatchSide, PatchSide),
        ["pixels"] = SequenceLayout.Pixels,
    };

    public static RootCommand Create(Action<ImagesOptions> run)
    {
        var data = new Option<string?>("--data")
        {
            Description = "Folder with the four IDX files of MNIST [default: data/mnist]",
            HelpName = "DIR",
        };
        data.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } folder && !Directory.Exists(folder))
            {
                result.AddError($"--data: no folder '{folder}'");
            }
        });
        var folder = new Option<string?>("--folder")
        {
            Description = "Write the PNG files here and keep them [default: a temporary folder, deleted at the end]",
            HelpName = "DIR",
        };
        folder.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } path && (path.Length == 0 || File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())))
            {
                result.AddError($"--folder: expected a new or empty folder, got '{path}'");
            }
        });
        var layout = new Option<SequenceLayout>("--layout")
        {
            Description = $"What becomes a time step; patches are {PatchSide} × {PatchSide} pixels, pixels are 784 steps and slow",
            HelpName = string.Join('|', Layouts.Keys),
            DefaultValueFactory = _ => SequenceLayout.Rows,
            CustomParser = Layout,
        };
        var limit = WholeNumber("--limit", "Train on only the first N images");
        var epochs = WholeNumber("--epochs", "Passes over the training images [default: as many as they need]");
        var units = WholeNumber("--units", "Size of the LSTM's hidden state [default: 128]");
        var seed = WholeNumber("--seed", "Seed of the weights and the order of the images [default: 1]");
        var model = OutputFileOption.Create("--model", "File for the trained pipeline [default: a file in the folder of the images]");

        const string Description = "Writes the MNIST digits as PNG files, trains a recurrent network on the files, saves it, loads it and shows it a picture.";
        var command = new RootCommand(Description) { data, folder, layout, limit, epochs, units, seed, model };
        command.SetAction(parsed => run(new ImagesOptions
        {
            DataFolder = parsed.GetValue(data) ?? MnistDataSet.FindFolder(),
            Folder = parsed.GetValue(folder),
            Layout = parsed.GetRequiredValue(layout),
            Limit = parsed.GetValue(limit),
            Epochs = parsed.GetValue(epochs),
            Units = parsed.GetValue(units) ?? 128,
            Seed = parsed.GetValue(seed) ?? 1,
            ModelPath = parsed.GetValue(model),
        }));
        return command;
    }

    private static SequenceLayout? Layout(ArgumentResult argument)
    {
        string name = argument.Tokens[0].Value;
        if (!Layouts.TryGetValue(name, out var layout))
        {
            argument.AddError($"--layout: expected {string.Join(", ", Layouts.Keys.SkipLast(1))} or {Layouts.Keys.Last()}, got '{name}'");
        }

        return layout;
    }

    private static Option<int?> WholeNumber(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1)
            {
                return number;
            }

            argument.AddError($"{name}: expected a whole number, 1 or more, got '{text}'");
            return null;
        },
    };
}
