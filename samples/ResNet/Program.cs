using System.CommandLine;
using ResNet;

return SampleProgram.Run(
    stop =>
    {
        var train = new Option<int>("--train") { Description = "Number of training images", HelpName = "N", DefaultValueFactory = _ => 200 };
        var test = new Option<int>("--test") { Description = "Number of test images", HelpName = "N", DefaultValueFactory = _ => 200 };
        foreach (var option in new[] { train, test })
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() is < 50 or > 10_000)
                {
                    result.AddError($"{option.Name}: expected a whole number from 50 to 10000");
                }
            });
        }

        var command = new RootCommand("Compares a pretrained ResNet18 with a small recurrent network and a linear model, on the MNIST digits as PNG files.") { train, test };
        command.SetAction(parsed => ImageComparison.Run(parsed.GetValue(train), parsed.GetValue(test), stop));
        return command;
    },
    args);
