using Rnn.MLNet.Comparison;
using Rnn.MLNet.Tests.Experiments;

namespace Rnn.MLNet.Tests.Situations;

/// <summary>Saves, exports and compares with what the SDK switches off in a program that is trimmed: serialisation of any type by reflection.</summary>
internal sealed class TrimmedProgram : ISituation
{
    public static int Main(string[] args)
    {
        AppContext.SetSwitch("System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault", false);
        var folder = args[0];
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options);
        model.ExportOnnx(Path.Combine(folder, "network.onnx"));
        model.SaveTo(Path.Combine(folder, "model.zip"), SyntheticSequences.Keyed(new MLContext(seed: 1), 3).Schema);
        using var loaded = new MLContext().Model.LoadRnn(Path.Combine(folder, "model.zip"), out _);

        var rows = ScriptedRow.View(ScriptedRow.Classes);
        var result = SmallExperiments.Create().Add("first", ScriptedRow.Model).Execute(rows, rows);
        result.SaveJson(Path.Combine(folder, "result.json"));
        Console.WriteLine($"{loaded.OfType<RnnClassifierTransformer>().Count()} {result.RunDetails.Count}");
        return 0;
    }
}
