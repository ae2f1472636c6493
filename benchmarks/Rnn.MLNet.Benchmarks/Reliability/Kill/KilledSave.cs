using Rnn.MLNet.Benchmarks.Reliability.Fuzz;

namespace Rnn.MLNet.Benchmarks.Reliability.Kill;

/// <summary>Runs in the child process: alternately overwrites a file with two versions until it is killed.</summary>
internal static class KilledSave
{
    public const string Name = "kill-save";
    public const string Ready = "ready";
    public const string FileName = "file";

    /// <summary>The file names of the intact copies of the two versions.</summary>
    public static readonly IReadOnlyList<string> Versions = ["old", "new"];

    public static readonly IReadOnlyList<string> Kinds = ["zip", "onnx", "json", "csv", "html"];

    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="say">Called when the saves start.</param>
    public static void Run(string kind, string folder, Action<string> say)
    {
        Action<string>[] saves = [Save(kind, 1), Save(kind, 2)];
        for (var version = 0; version < saves.Length; version++)
        {
            saves[version](Path.Combine(folder, Versions[version]));
        }

        var path = Path.Combine(folder, FileName);
        saves[0](path);
        say(Ready);
        for (var turn = 1; ; turn++)
        {
            saves[turn % saves.Length](path);
        }
    }

    /// <summary>Returns whether the file equals one of the two versions.</summary>
    public static bool IsWhole(string kind, string folder)
    {
        try
        {
            var found = Read(kind, Path.Combine(folder, FileName));
            return Versions.Any(version => Read(kind, Path.Combine(folder, version)) == found);
        }
        catch (Exception exception) when (exception is IOException or FormatException or InvalidDataException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Returns what a reader gets from a file, as text; throws if it cannot be read.</summary>
    private static string Read(string kind, string path) => kind == "zip"
        ? SmallTask.Answer(new MLContext().Model.Load(path, out _))
        : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    private static Action<string> Save(string kind, int version)
    {
        switch (kind)
        {
            case "zip":
                var schema = SmallTask.Keyed(new MLContext(), 1).Schema;
                var model = Model(version);
                return path => model.SaveTo(path, schema);
            case "onnx":
                return Model(version).ExportOnnx;
            case "json":
                return Result(version).SaveJson;
            case "csv":
                return Result(version).SaveCsv;
            case "html":
                var result = Result(version);
                return path => result.SaveReport(path);
            default:
                throw new ArgumentException($"Unknown kind of file '{kind}'.", nameof(kind));
        }
    }

    private static RnnClassifierTransformer Model(int version) =>
        SmallTask.Fit(SmallTask.Options with { Cell = new BasicLstmCell(256), Epochs = 1, Seed = version });

    /// <summary>Returns a result that takes some time to write.</summary>
    private static ExperimentResult Result(int version)
    {
        var run = new RnnRunDetail
        {
            TrialId = 1,
            TrainerName = $"version {version}",
            Settings = new Dictionary<string, string> { ["Cell"] = "BasicLstmCell" },
            Exception = new InvalidOperationException($"version {version}"),
        };
        return new ExperimentResult
        {
            BestRun = null,
            RunDetails = [.. Enumerable.Range(1, 500 * version).Select(id => run with { TrialId = id })],
            NotRun = [],
            EndedBy = ExperimentEnd.NothingLeft,
            ElapsedInSeconds = 1,
            OvershootInSeconds = 0,
            FromJournal = 0,
            BestModelPath = null,
            Settings = new RnnExperimentSettings(),
            EndedAt = DateTimeOffset.UnixEpoch,
            Environment = new Dictionary<string, string>(),
        };
    }
}
