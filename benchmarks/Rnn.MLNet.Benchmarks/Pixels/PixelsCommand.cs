using System.CommandLine;

namespace Rnn.MLNet.Benchmarks.Pixels;

/// <summary>Defines the command line of --pixels.</summary>
internal static class PixelsCommand
{
    public const string Switch = "--pixels";

    private const double DefaultMinutes = 30;
    private const int TrainingImages = 60_000;

    public static RootCommand Create()
    {
        var pixels = new Option<double?>(Switch)
        {
            Description = $"Train on MNIST pixel by pixel, plain and permuted, for MINUTES each [{DefaultMinutes}]",
            HelpName = "MINUTES",
            Arity = ArgumentArity.ZeroOrOne,
        };
        AtLeast(pixels, 0.1);
        var order = new Option<string>("--order") { Description = "Only this order of the pixels", HelpName = "plain|permuted", DefaultValueFactory = _ => "both" };
        order.AcceptOnlyFromAmong("plain", "permuted", "both");
        var images = Number("--images", "Number of training images", TrainingImages, most: TrainingImages);
        var units = Number("--units", "Units of the GRU", 64);
        var bias = new Option<double>("--update-bias") { Description = "Initial bias of the update gate", HelpName = "B", DefaultValueFactory = _ => 4 };
        var readOut = new Option<ReadOut>("--read-out") { Description = "What the output layer reads", DefaultValueFactory = _ => ReadOut.FinalState };
        var rate = new Option<double>("--rate") { Description = "Peak learning rate", HelpName = "R", DefaultValueFactory = _ => 0.003 };
        AtLeast(rate, 1e-6);
        var batchSize = Number("--batch-size", "Images in a minibatch", 32);
        var seed = Number("--seed", "Seed of the weights and of the order of the images", 1);
        var command = new RootCommand("Measures what a GRU learns of MNIST read pixel by pixel: 784 time steps of one value.") { pixels, order, images, units, bias, readOut, rate, batchSize, seed };
        command.SetAction(parsed => PixelsProgram.Run(new PixelsOptions(
            TimeSpan.FromMinutes(parsed.GetValue(pixels) ?? DefaultMinutes),
            parsed.GetValue(order) switch
            {
                "plain" => [PixelOrder.Plain],
                "permuted" => [PixelOrder.Permuted],
                _ => [PixelOrder.Plain, PixelOrder.Permuted],
            },
            parsed.GetValue(images),
            parsed.GetValue(units),
            parsed.GetValue(bias),
            parsed.GetValue(readOut),
            parsed.GetValue(rate),
            parsed.GetValue(batchSize),
            parsed.GetValue(seed))));
        return command;
    }

    private static Option<int> Number(string name, string description, int defaultValue, int most = int.MaxValue)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => defaultValue };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var number && (number < 1 || number > most))
            {
                result.AddError(most == int.MaxValue ? $"{name}: expected 1 or more" : $"{name}: expected 1 to {most}");
            }
        });
        return option;
    }

    private static void AtLeast<T>(Option<T> option, double least) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() is double number && !(number >= least))
        {
            result.AddError($"{option.Name}: expected {least} or more");
        }
    });
}
