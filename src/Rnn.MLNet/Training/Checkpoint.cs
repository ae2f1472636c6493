using System.Security.Cryptography;
using System.Text;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Sequences;
using Rnn.MLNet.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// The state of a training after an epoch, in a file. A training that goes on from it ends with the same bits as one that
/// was never interrupted, since what is drawn in an epoch depends on the seed and the epoch only.
/// </summary>
internal sealed class Checkpoint(string path, string fingerprint)
{
    private const string Magic = "Rnn.MLNet checkpoint 1";

    /// <summary>What must be the same for a training to go on: network, seed, optimiser, minibatches and data.</summary>
    public static string Fingerprint(NetworkSpec spec, TrainingSettings settings, IRowSource rows) =>
        $"{spec}; seed {settings.Seed}; {settings.Optimizer}; batch size {settings.BatchSize}; data {rows.Hash()}";

    /// <summary>Restores the state of the file; null if there is no file.</summary>
    /// <exception cref="InvalidOperationException">The file is of another training, or damaged.</exception>
    public (long Step, long RowsSeen)? TryResume(
        ParameterSet parameters, IOptimizer optimizer, EarlyStopping? earlyStopping, List<TrainingEpoch> epochs)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(Verified(File.ReadAllBytes(path))));
            var found = reader.ReadString();
            if (found != fingerprint)
            {
                throw new InvalidOperationException(
                    $"The checkpoint '{path}' is of another training: expected [{fingerprint}], found [{found}]. Delete it or choose another CheckpointPath.");
            }

            var (step, rowsSeen) = (reader.ReadInt64(), reader.ReadInt64());
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                epochs.Add(new TrainingEpoch(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), ReadOptional(reader), ReadOptional(reader), reader.ReadDouble(), reader.ReadDouble()));
            }

            using (NewDisposeScope())
            using (no_grad())
            {
                parameters.Vector.copy_(ReadWeights(reader, parameters.Count));
                var bestEpoch = reader.ReadInt32();
                if (bestEpoch > 0)
                {
                    var bestLoss = reader.ReadDouble();
                    var weights = ReadWeights(reader, parameters.Count).to(parameters.Vector.device);
                    earlyStopping?.Resume(epochs.Count, bestEpoch, bestLoss, weights);
                }

                optimizer.Steps = reader.ReadInt64();
                foreach (var vector in optimizer.State)
                {
                    vector.copy_(ReadWeights(reader, parameters.Count));
                }
            }

            return (step, rowsSeen);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException or ArgumentException)
        {
            throw new InvalidOperationException($"The checkpoint '{path}' is damaged: {exception.Message} Delete it to train from the start.", exception);
        }
    }

    /// <summary>Writes the state after a complete epoch; the file is replaced whole or not at all.</summary>
    public void Write(
        ParameterSet parameters, IOptimizer optimizer, EarlyStopping? earlyStopping, List<TrainingEpoch> epochs, long step, long rowsSeen)
    {
        var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(fingerprint);
            writer.Write(step);
            writer.Write(rowsSeen);
            writer.Write(epochs.Count);
            foreach (var epoch in epochs)
            {
                writer.Write(epoch.Epoch);
                writer.Write(epoch.Loss);
                writer.Write(epoch.Accuracy);
                writer.Write(epoch.ValidationLoss ?? double.NaN);
                writer.Write(epoch.ValidationAccuracy ?? double.NaN);
                writer.Write(epoch.LearningRate);
                writer.Write(epoch.SamplesPerSecond);
            }

            WriteWeights(writer, parameters.Vector);
            writer.Write(earlyStopping?.BestEpoch ?? 0);
            if (earlyStopping is { BestWeights: { } best })
            {
                writer.Write(earlyStopping.BestLoss);
                WriteWeights(writer, best);
            }

            writer.Write(optimizer.Steps);
            foreach (var vector in optimizer.State)
            {
                WriteWeights(writer, vector);
            }
        }

        var temporary = path + ".tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using (var file = File.Create(temporary))
        {
            var content = buffer.ToArray();
            file.Write(Encoding.ASCII.GetBytes(Magic));
            file.Write(SHA256.HashData(content));
            file.Write(content);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static byte[] Verified(byte[] file)
    {
        var header = Encoding.ASCII.GetBytes(Magic);
        if (!file.AsSpan().StartsWith(header))
        {
            throw new InvalidDataException($"it does not begin with '{Magic}'.");
        }

        var content = file.AsSpan(Math.Min(file.Length, header.Length + SHA256.HashSizeInBytes));
        var hash = file.AsSpan(header.Length, file.Length - header.Length - content.Length);
        return SHA256.HashData(content).AsSpan().SequenceEqual(hash)
            ? content.ToArray()
            : throw new InvalidDataException("its checksum is wrong.");
    }

    private static void WriteWeights(BinaryWriter writer, Tensor weights)
    {
        using var detached = weights.detach();
        using var cpu = detached.cpu();
        writer.Write(cpu.bytes);
    }

    private static Tensor ReadWeights(BinaryReader reader, long count)
    {
        var weights = empty(count);
        reader.BaseStream.ReadExactly(weights.bytes);
        return weights;
    }

    private static double? ReadOptional(BinaryReader reader) => reader.ReadDouble() is var value && double.IsNaN(value) ? null : value;
}
