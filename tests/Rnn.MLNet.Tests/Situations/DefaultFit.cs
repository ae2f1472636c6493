namespace Rnn.MLNet.Tests.Situations;

/// <summary>A fit with every option at its default, and what else the machine does meanwhile; writes what tells of every bit.</summary>
internal sealed class DefaultFit : ISituation
{
    public static int Main(string[] args)
    {
        var busy = int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < busy; i++)
        {
            new Thread(() =>
            {
                while (true)
                {
                    _ = Enumerable.Range(0, 1000).Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
                }
            })
            { IsBackground = true }.Start();
        }

        var context = new MLContext(seed: 1);
        using var model = context.Transforms.RnnClassifier("Label", "Features", epochs: 2).Fit(SyntheticSequences.Keyed(context, 300));
        Console.WriteLine($"{model.WeightBits()} {string.Join(" ", model.History.Epochs.Select(epoch => BitConverter.DoubleToInt64Bits(epoch.Loss)))}");
        return 0;
    }
}
