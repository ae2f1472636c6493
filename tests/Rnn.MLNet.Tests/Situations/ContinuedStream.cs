namespace Rnn.MLNet.Tests.Situations;

/// <summary>Continues a stream from a saved model and a saved state, and writes how many steps it had and the scores of the next ones.</summary>
internal sealed class ContinuedStream : ISituation
{
    public static int Main(string[] args)
    {
        using var model = new MLContext().Model.LoadRnn(args[0], out _);
        using var engine = model.OfType<RnnClassifierTransformer>().Single().CreateStepEngine();
        engine.RestoreState(File.ReadAllBytes(args[1]));
        List<string> parts = [engine.Steps.ToString(CultureInfo.InvariantCulture)];
        for (var step = 5; step < 12; step++)
        {
            foreach (var score in engine.Step(Features(step)))
            {
                parts.Add(score.ToString("R", CultureInfo.InvariantCulture));
            }
        }

        Console.WriteLine(string.Join(' ', parts));
        return 0;
    }

    /// <summary>The features of a step.</summary>
    public static float[] Features(int step) => [MathF.Sin(step), MathF.Cos(3 * step)];
}
