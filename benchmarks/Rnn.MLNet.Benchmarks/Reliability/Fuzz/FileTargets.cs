using System.IO.Compression;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Mnist;

namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>Creates the targets for all kinds of file that the library and its samples read.</summary>
internal static class FileTargets
{
    public static readonly JsonSerializerOptions Numbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Keeps ONNX Runtime from writing everything that it throws to the console as well.</summary>
    static FileTargets() => OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

    /// <summary>Creates the target for a saved model.</summary>
    public static IFuzzTarget Zip()
    {
        var (folder, delete) = NewFolder();
        var path = Path.Combine(folder, "model.zip");
        SaveZip(path);
        return new FileTarget(path, ReadZip, (exception, _) => IsOfReaders(exception), delete);
    }

    /// <summary>Creates the target for the network in a saved model. The other parts, which ML.NET reads without a checksum, stay intact.</summary>
    public static IFuzzTarget Network()
    {
        var (folder, delete) = NewFolder();
        var zip = Path.Combine(folder, "model.zip");
        var path = Path.Combine(folder, "network");
        SaveZip(zip);
        using (var archive = ZipFile.OpenRead(zip))
        {
            EntryOfNetwork(archive).ExtractToFile(path);
        }

        return new FileTarget(path, Read, (exception, _) => IsOfReaders(exception), delete);

        string Read(string damaged)
        {
            using (var archive = ZipFile.Open(zip, ZipArchiveMode.Update))
            {
                var entry = EntryOfNetwork(archive);
                var name = entry.FullName;
                entry.Delete();
                archive.CreateEntryFromFile(damaged, name);
            }

            return ReadZip(zip);
        }
    }

    /// <summary>Creates the target for an exported network, read by ONNX Runtime.</summary>
    public static IFuzzTarget Onnx()
    {
        var (folder, delete) = NewFolder();
        var path = Path.Combine(folder, "model.onnx");
        using (var model = SmallTask.Fit(SmallTask.Options))
        {
            model.ExportOnnx(path);
        }

        return new FileTarget(path, ReadOnnx, (exception, _) => IsOfReaders(exception), delete);
    }

    /// <summary>Creates the target for a checkpoint, read by resuming from it.</summary>
    public static IFuzzTarget Checkpoint()
    {
        var (folder, delete) = NewFolder();
        var path = Path.Combine(folder, "training.checkpoint");
        var options = SmallTask.Options with { CheckpointPath = path, ScheduleEpochs = 2 };
        SmallTask.Fit(options with { Epochs = 1 }).Dispose();
        return new FileTarget(path, _ => ReadModel(SmallTask.Fit(options)), (exception, file) => exception is InvalidOperationException && Names(exception, file), delete);
    }

    /// <summary>Creates the target for the journal of an experiment, read by resuming the experiment.</summary>
    public static IFuzzTarget Journal()
    {
        var (folder, delete) = NewFolder();
        var whole = Path.Combine(folder, "whole");
        var work = Path.Combine(folder, "work");
        RunExperiment(whole);
        CopyFolder(whole, work);
        var path = Directory.GetFiles(work, "journal.jsonl", SearchOption.AllDirectories).Single();
        return new FileTarget(path, Read, (exception, file) => exception is InvalidDataException && Names(exception, file), delete);

        string Read(string damaged)
        {
            var journal = File.ReadAllBytes(damaged);
            Directory.Delete(work, recursive: true);
            CopyFolder(whole, work);
            File.WriteAllBytes(damaged, journal);
            return RunExperiment(work);
        }
    }

    /// <summary>
    /// Creates the target for an IDX file, read by the Mnist sample. It is gzipped: without gzip's checksum, changed pixels could not be detected.
    /// </summary>
    public static IFuzzTarget Idx()
    {
        var (folder, delete) = NewFolder();
        var path = Path.Combine(folder, "images-idx3-ubyte.gz");
        var pixels = new byte[20 * 5 * 4];
        new Random(1).NextBytes(pixels);
        using (var file = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            file.Write([0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 5, 0, 0, 0, 4, .. pixels]);
        }

        return new FileTarget(path, ReadIdx, (exception, file) => exception is InvalidDataException && Names(exception, file), delete);
    }

    private static string ReadIdx(string path)
    {
        var file = IdxFile.Read(path, 3);
        return $"{string.Join('x', file.Sizes)} {Convert.ToHexString(file.Elements)}";
    }

    private static void SaveZip(string path)
    {
        var context = new MLContext(seed: 1);
        using var model = SmallTask.Fit(SmallTask.Options);
        context.Model.Save(model, SmallTask.Keyed(context, 1).Schema, path);
    }

    private static ZipArchiveEntry EntryOfNetwork(ZipArchive archive) => archive.Entries.MaxBy(entry => entry.Length)!;

    private static string ReadZip(string path)
    {
        var model = new MLContext(seed: 1).Model.Load(path, out _);
        using var disposable = model as IDisposable;
        return SmallTask.Answer(model);
    }

    private static string ReadModel(RnnClassifierTransformer model)
    {
        using (model)
        {
            return $"{model.History.Epochs.Count} epochs; {SmallTask.Answer(model)}";
        }
    }

    /// <summary>Runs the network, and then accepts the result only if the checksum matches, as the documentation of ExportOnnx recommends.</summary>
    private static string ReadOnnx(string path)
    {
        using var session = new InferenceSession(path);
        var rows = SmallTask.Rows(8, seed: 2);
        var input = new DenseTensor<float>(rows.SelectMany(row => row.Features).ToArray(), [rows.Length, SmallTask.TimeSteps, SmallTask.Values]);
        using var result = session.Run([NamedOnnxValue.CreateFromTensor(session.InputNames[0], input)]);
        var scores = result[0].AsEnumerable<float>().Select(score => score.ToString("R", CultureInfo.InvariantCulture));
        var file = File.ReadAllBytes(path);
        if (!Convert.ToHexStringLower(SHA256.HashData(file.AsSpan(0, file.Length - 76))).AsSpan().SequenceEqual(Encoding.ASCII.GetString(file.AsSpan(file.Length - 64))))
        {
            throw new InvalidDataException($"{path}: the checksum does not match.");
        }

        return $"{session.InputNames[0]} {result[0].Name} {string.Join(' ', scores)}; {session.ModelMetadata.CustomMetadataMap["classes"]}";
    }

    private static string RunExperiment(string folder)
    {
        var context = new MLContext(seed: 1);
        var result = context.MulticlassClassification
            .CreateRnnExperiment(new RnnExperimentSettings { WorkingDirectory = folder, Seed = 1, Threads = 1, MaxExperimentTimeInSeconds = 3600 })
            .Add("network", trial => trial.Transforms.RnnClassifier(SmallTask.Options with { Epochs = 1 }))
            .Add("bayes", trial => trial.MulticlassClassification.Trainers.NaiveBayes())
            .Execute(SmallTask.Text(context, 16), SmallTask.Text(context, 12, seed: 2));
        return $"{result.BestRun?.TrainerName}; {result.EndedBy}; " + string.Join("; ", result.RunDetails.Select(
            run => $"{run.TrainerName} {JsonSerializer.Serialize(run.ValidationMetrics, Numbers)} {run.Exception?.Message}"));
    }

    /// <summary>Returns whether ML.NET or ONNX Runtime throws such an exception for an unreadable file; ML.NET's loader sometimes wraps it.</summary>
    private static bool IsOfReaders(Exception exception) =>
        (exception as TargetInvocationException)?.InnerException is { } inner ? IsOfReaders(inner) : exception is FormatException or InvalidDataException or InvalidOperationException or ArgumentException or IOException or OnnxRuntimeException;

    private static bool Names(Exception exception, string path) => exception.Message.Contains(path, StringComparison.Ordinal);

    private static (string Folder, Action Delete) NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("rnn-fuzz-").FullName;
        return (folder, () => Directory.Delete(folder, recursive: true));
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
