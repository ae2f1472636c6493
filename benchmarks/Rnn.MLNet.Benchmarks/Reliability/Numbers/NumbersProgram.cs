namespace Rnn.MLNet.Benchmarks.Reliability.Numbers;

/// <summary>
/// What --numbers does: it trains small networks of every kind and prints a checksum of each one's weights, history and scores, so that a
/// change of the code that is to change no number can be seen to change none. Files of an earlier version still load.
/// </summary>
internal static class NumbersProgram
{
    /// <param name="folder">
    /// Where the saved models are: those that are there are loaded and must score as their networks do now, others are saved. Null for nowhere.
    /// </param>
    /// <returns>Whether every saved model scores as its network does.</returns>
    public static bool Run(string? folder)
    {
        var right = true;
        var all = new List<string>();
        MarkdownTable.Begin("training", "ONNX", "history", "scores", "saved");
        foreach (var (name, options) in NumbersCases.All())
        {
            using var model = NumbersCases.Fit(options);
            var scores = NumbersCases.Scores(model);
            var saved = folder is null ? "" : Saved(model, Path.Combine(folder, name.Replace(' ', '-') + ".zip"), scores);
            right &= saved != "differs";
            string[] sums = [Short(NumbersCases.Onnx(model)), Short(NumbersCases.History(model)), Short(scores.SelectMany(BitConverter.GetBytes).ToArray())];
            all.AddRange(sums);
            MarkdownTable.Row([name, .. sums, saved]);
        }

        Console.WriteLine($"\nAll: {Short(System.Text.Encoding.ASCII.GetBytes(string.Concat(all)))}");
        return right;
    }

    private static string Saved(ITransformer model, string path, float[] scores)
    {
        var context = new MLContext(seed: 1);
        var isOld = File.Exists(path);
        if (!isOld)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            model.SaveTo(path, NumbersCases.Rows(context).Schema);
        }

        var loaded = context.Model.Load(path, out _);
        using var disposable = loaded as IDisposable;
        var differs = NumbersCases.Scores(loaded).Zip(scores).Any(pair => MathF.Abs(pair.First - pair.Second) > 1e-5f);
        return differs ? "differs" : isOld ? "loaded" : "new";
    }

    private static string Short(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes), 0, 8);
}
