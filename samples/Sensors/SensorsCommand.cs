using System.CommandLine;

namespace Sensors;

/// <summary>Defines and validates the command-line options.</summary>
internal static class SensorsCommand
{
    public static RootCommand Create(Action<SensorsOptions> run)
    {
        var machines = WholeNumber("--machines", "Number of machines to train on [default: 120]", least: 4);
        var epochs = WholeNumber("--epochs", "Passes over the windows [default: as many as they need]", least: 1);
        var seed = WholeNumber("--seed", "Seed of the measurements and of the network [default: 1]", least: 0);
        var delay = WholeNumber("--delay", "Milliseconds between two minutes of the live stream [default: 5 on a terminal, otherwise 0]", least: 0);
        var model = OutputFileOption.Create("--model", "File for the trained network [default: machine-states.zip]");

        const string Description = "Trains a network on windows of sensor data, then watches machines that it has not seen, minute by minute.";
        var command = new RootCommand(Description) { machines, epochs, seed, delay, model };
        command.SetAction(parsed => run(new SensorsOptions
        {
            Machines = parsed.GetValue(machines) ?? 120,
            Epochs = parsed.GetValue(epochs),
            Seed = parsed.GetValue(seed) ?? 1,
            Delay = parsed.GetValue(delay) ?? (Console.IsOutputRedirected ? 0 : 5),
            ModelPath = parsed.GetValue(model) ?? "machine-states.zip",
        }));
        return command;
    }

    private static Option<int?> WholeNumber(string name, string description, int least) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least)
            {
                return number;
            }

            argument.AddError($"{name}: expected a whole number, {least} or more, got '{text}'");
            return null;
        },
    };
}
