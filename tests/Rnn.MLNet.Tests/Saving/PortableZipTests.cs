using System.Text.Json.Serialization;

namespace Rnn.MLNet.Tests.Saving;

/// <summary>
/// A zip that is saved here loads in a process that knows ML.NET only, tests/PortableZip.Consumer, and scores the same.
/// </summary>
public sealed class PortableZipTests
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static readonly string Consumer = typeof(PortableZipTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PortableZip.Consumer").Value!;

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public async Task It_loads_and_scores_the_same_without_this_library()
    {
        var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.RnnClassifier(SyntheticSequences.Options with { Epochs = 8 }))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Colour", "PredictedLabel"))
            .Fit(SyntheticSequences.Text(_context, 96));
        var rows = SyntheticSequences.Rows(70, seed: 2).ToList();
        rows[3].Features[4] = float.NaN;
        var here = model.Transform(_context.Data.LoadFromEnumerable(rows));

        var there = await Score(model, rows);

        ScoreColumns.AssertAgree(here.Scores(), there.Scores, 1e-5);
        ScoreColumns.AssertAgree(here.Scores(), there.EngineScores, 1e-5);
        Assert.Equal(here.Keys(), there.Keys);
        Assert.Equal(0u, there.Keys[3]);
        Assert.Equal(here.GetColumn<string>("Colour").Select(colour => colour ?? ""), there.Colours);
        Assert.Equal(here.SlotNames(), there.SlotNames);
        Assert.Equal(here.Schema.Where(column => !column.IsHidden).Select(column => column.Name).Order(), there.Columns.Order());
    }

    [Fact]
    public void The_other_process_has_neither_this_library_nor_libtorch()
    {
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(Consumer)!, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).ToList();

        Assert.Contains("Microsoft.ML.OnnxTransformer.dll", files);
        Assert.DoesNotContain(files, file => file.StartsWith("Rnn.MLNet", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(files, file => file.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<Answer> Score(ITransformer model, List<Sequence<string>> rows)
    {
        using TemporaryFile zip = new(".zip"), question = new(".json"), answer = new(".json");
        _context.Model.Save(model, SyntheticSequences.Text(_context, 1).Schema, zip.Path);
        File.WriteAllText(question.Path, JsonSerializer.Serialize(rows.Select(row => row.Features), Json));
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Consumer, zip.Path, question.Path, answer.Path])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Hang.Limit, TestContext.Current.CancellationToken);
        }
        finally
        {
            process.Kill();
        }

        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<Answer>(File.ReadAllText(answer.Path), Json)!;
    }

    private sealed record Answer(string[] Columns, string[] SlotNames, float[][] Scores, float[][] EngineScores, uint[] Keys, string[] Colours);
}
