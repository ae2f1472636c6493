using System.CommandLine;

namespace Browser;

/// <summary>Defines and validates the command-line options.</summary>
internal static class BrowserCommand
{
    public static RootCommand Create(Action<BrowserOptions> run)
    {
        var model = new Option<string?>("--model")
        {
            Description = "Take this network of digits (.zip of ML.NET or .onnx) instead of training one",
            HelpName = "FILE",
        };
        model.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } path && !File.Exists(path))
            {
                result.AddError($"--model: no file '{path}'");
            }
        });
        var data = new Option<string?>("--data")
        {
            Description = "Folder with the four IDX files of MNIST, gzipped or not [default: data/mnist]",
            HelpName = "DIR",
        };
        data.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } folder && !Directory.Exists(folder))
            {
                result.AddError($"--data: no folder '{folder}'");
            }
        });
        var epochs = new Option<int?>("--epochs")
        {
            Description = "Passes over the training images [default: as many as they need]",
            HelpName = "N",
            CustomParser = argument =>
            {
                string text = argument.Tokens[0].Value;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1)
                {
                    return number;
                }

                argument.AddError($"--epochs: expected a whole number, 1 or more, got '{text}'");
                return null;
            },
        };
        var output = new Option<string?>("--output")
        {
            Description = "Folder for the page: new, empty, or with an earlier page [default: digits-page]",
            HelpName = "DIR",
        };
        output.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } folder && PageFolder.Refusal(folder) is { } refusal)
            {
                result.AddError($"--output: {refusal}");
            }
        });

        const string Description = "Makes a web page in which a recurrent network reads digits that people draw. It needs no server, only a browser.";
        var command = new RootCommand(Description) { model, data, epochs, output };
        command.SetAction(parsed => run(new BrowserOptions
        {
            DataFolder = parsed.GetValue(data),
            ModelPath = parsed.GetValue(model),
            Epochs = parsed.GetValue(epochs),
            OutputFolder = parsed.GetValue(output) ?? "digits-page",
        }));
        return command;
    }
}
