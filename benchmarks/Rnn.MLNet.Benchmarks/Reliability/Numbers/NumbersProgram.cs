namespace Rnn.MLNet.Benchmarks.Reliability.Numbers;

/// <summary>
/// Implements --numbers: trains small networks of every kind and prints checksums of their weights, history and scores, which shows whether a
/// refactoring changes any number. It also checks that models saved by an earlier version still load.
/// </summary>
internal static class NumbersProgram
{
    /// <param name="folder">
    /// The folder of the saved models. Existing ones are loaded and must give the same scores as the networks do now; missing ones are saved. Null
    /// to save and load none.
    /// </param>
    /// <returns>Whether every saved model gives the scores of its network.</returns>
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
