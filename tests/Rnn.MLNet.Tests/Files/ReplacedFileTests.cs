using Rnn.MLNet.Tests.Experiments;

namespace Rnn.MLNet.Tests.Files;

/// <summary>Whoever has a file open while the library writes another one under its name reads the old file to its end.</summary>
public sealed class ReplacedFileTests : IDisposable
{
    private const string Old = "what was there before";

    private readonly TemporaryFile _file = new(".old");

    public void Dispose() => _file.Dispose();

    [Fact]
    public void ExportOnnx_replaces_the_file()
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });

        Assert.Equal(Old, ReadWhile(model.ExportOnnx));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("html")]
    public void The_files_of_an_experiment_replace_the_file(string kind)
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings).Add("bayes", SmallExperiments.Bayes).Execute(Bar.View(60), Bar.View(30, seed: 2));

        Assert.Equal(Old, ReadWhile(kind switch { "json" => result.SaveJson, "csv" => result.SaveCsv, _ => result.SaveReport }));
    }

    [Fact]
    public void A_failed_write_names_the_file_and_keeps_the_old_one()
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
        File.WriteAllText(_file.Path, Old);

        var under = Path.Combine(_file.Path, "network.onnx");
        Assert.Contains(under, Assert.ThrowsAny<IOException>(() => model.ExportOnnx(under)).Message);
        Assert.Contains(Path.GetTempPath(), Assert.ThrowsAny<IOException>(() => model.ExportOnnx(Path.GetTempPath())).Message);
        Assert.Equal(Old, File.ReadAllText(_file.Path));
    }

    private string ReadWhile(Action<string> write)
    {
        File.WriteAllText(_file.Path, Old);
        using var reader = new StreamReader(new FileStream(_file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        write(_file.Path);
        Assert.NotEqual(Old, File.ReadAllText(_file.Path));
        return reader.ReadToEnd();
    }
}
