namespace Rnn.MLNet.Benchmarks.Pixels;

/// <summary>Reads MNIST pixel by pixel: 784 time steps of one value, plain and permuted, beside published figures.</summary>
internal static class PixelsProgram
{
    public static void Run(PixelsOptions options)
    {
        Console.WriteLine(MachineDescription.Text);
        if (MachineLoad.Warning() is { } warning)
        {
            Console.WriteLine(warning);
        }

        var network = $"GRU({options.Units}), {options.ReadOut}";
        Console.WriteLine(
            $"{network}, update bias {options.UpdateBias:G3}; minibatches of {options.BatchSize}; {options.Images:N0} training images, Adam, one cycle up to {options.LearningRate}, gradient norm at most 1, seed {options.Seed}; {options.Budget.TotalMinutes:G3} minutes for each order");
        var results = options.Orders.ToDictionary(order => order, order => new PixelTraining(options, order).Run());

        MarkdownTable.Begin("network", PixelOrder.Plain.Name, PixelOrder.Permuted.Name);
        MarkdownTable.Row($"{network}, {options.Budget.TotalMinutes:G3} minutes", Cell(PixelOrder.Plain), Cell(PixelOrder.Permuted));
        foreach (var published in PublishedAccuracy.All)
        {
            MarkdownTable.Row($"{published.Network}, published", $"{published.Plain:F1} %", $"{published.Permuted:F1} %");
        }

        string Cell(PixelOrder order) => results.TryGetValue(order, out var accuracy) ? $"{accuracy:F2} %" : "not measured";
    }
}
