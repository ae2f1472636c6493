using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Rnn.MLNet.Files;
using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// A file with the state of a training. Training that is resumed from it ends with the same bits as training that was never interrupted,
/// because all random numbers depend only on the seed and the position in the training.
/// </summary>
/// <remarks>The file consists of a line with the format, the content, and the SHA-256 of the content.</remarks>
internal sealed class Checkpoint : IDisposable
{
    private const string Name = "Rnn.MLNet checkpoint ";

    /// <summary>Changes with the layout of the file, and with any change of the library by which the same options give other bits.</summary>
    private const string Format = "3";

    /// <summary>The largest number of options that is read; a fingerprint has far fewer.</summary>
    private const int MostOptions = 1000;

    private static readonly byte[] Header = Encoding.ASCII.GetBytes($"{Name}{Format}\n");
    private static readonly ConcurrentDictionary<string, Checkpoint> InUse = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly string _path;
    private readonly Fingerprint _fingerprint;
    private readonly Action<string> _warn;
    private bool _warned;

    /// <param name="path">The full path of the file.</param>
    /// <param name="fingerprint">The properties that must be the same for training to be resumed.</param>
    /// <param name="warn">Called once if the file cannot be written.</param>
    /// <exception cref="InvalidOperationException">The file is in use by another training of this process.</exception>
    public Checkpoint(string path, Fingerprint fingerprint, Action<string> warn)
    {
        _path = path;
        _fingerprint = fingerprint;
        _warn = warn;
        if (!InUse.TryAdd(path, this))
        {
            throw new InvalidOperationException($"The checkpoint '{path}' is in use by another Fit of this process. Give each its own CheckpointPath.");
        }
    }

    public void Dispose() => InUse.TryRemove(_path, out _);

    /// <summary>Restores the state from the file, if it exists.</summary>
    /// <param name="state">The state at the start of the training.</param>
    /// <param name="plan">The length of the training.</param>
    /// <exception cref="InvalidOperationException">
    /// The file belongs to another training, is damaged or cannot be read, or contains more steps than the plan.
    /// </exception>
    public void Resume(TrainingState state, TrainingPlan plan)
    {
        try
        {
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
            Verify(file);
            using var reader = new CheckpointReader(file, file.Length - SHA256.HashSizeInBytes);
            Read(reader, state, plan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // There is no file yet. Not checked beforehand, because a symbolic link can exist before its target.
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException or ArgumentException)
        {
            throw new InvalidOperationException($"The checkpoint '{_path}' is damaged: {exception.Message} Delete it to train from the start.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The checkpoint '{_path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Writes the state and replaces the file atomically. A state that is not finite is not written, so that an earlier one remains. If the file
    /// cannot be written, training continues with a warning.
    /// </summary>
    public void Write(TrainingState state)
    {
        if (!state.IsFinite())
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            AtomicFile.Write(_path, stream => Write(stream, state));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_warned)
            {
                _warned = true;
                _warn($"The checkpoint is not up to date: {exception.Message} The training goes on and tries again at each checkpoint.");
            }
        }
    }

    private void Write(Stream stream, TrainingState state)
    {
        stream.Write(Header);
        using var hash = SHA256.Create();
        using (var hashing = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashing))
        using (NewDisposeScope())
        using (no_grad())
        {
            writer.Write(_fingerprint.Entries.Count);
            foreach (var (name, value) in _fingerprint.Entries)
            {
                WriteText(writer, name);
                WriteText(writer, value);
            }

            writer.Write(state.Step);
            Write(writer, state.Current);
            writer.Write(state.Epochs.Count);
            state.Epochs.ForEach(epoch => Write(writer, epoch));
            WriteVector(writer, state.Parameters.Vector);
            writer.Write((long)(state.EarlyStopping?.BestEpoch ?? 0));
            if (state.EarlyStopping is { BestWeights: { } best } earlyStopping)
            {
                writer.Write(earlyStopping.BestLoss);
                WriteVector(writer, best);
            }

            foreach (var vector in state.Optimizer.State)
            {
                WriteVector(writer, vector);
            }
        }

        stream.Write(hash.Hash!);
    }

    private static void Write(BinaryWriter writer, TrainingEpoch epoch)
    {
        writer.Write(epoch.Loss);
        writer.Write(epoch.Accuracy);
        writer.Write(epoch.ValidationLoss ?? CheckpointReader.None);
        writer.Write(epoch.ValidationAccuracy ?? CheckpointReader.None);
        writer.Write(epoch.LearningRate);
        writer.Write(epoch.SamplesPerSecond);
    }

    private static void Write(BinaryWriter writer, EpochSums sums)
    {
        writer.Write(sums.Batches);
        writer.Write(sums.Rows);
        writer.Write(sums.MetricSum);
        writer.Write(sums.LossSum);
        writer.Write(sums.Weight);
        writer.Write(sums.BatchLoss);
        writer.Write(sums.BatchMetric);
        writer.Write(sums.Seconds);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static void WriteVector(BinaryWriter writer, Tensor vector)
    {
        var count = vector.NumberOfElements;
        writer.Write(count);
        for (long start = 0; start < count; start += CheckpointReader.ValuesAtOnce)
        {
            using var part = vector.detach().narrow(0, start, Math.Min(CheckpointReader.ValuesAtOnce, count - start)).cpu();
            writer.Write(MemoryMarshal.AsBytes(TensorMemory.Span<float>(part)));
        }
    }

    /// <summary>Reads the whole content and changes the state only if all of it is valid.</summary>
    private void Read(CheckpointReader reader, TrainingState state, TrainingPlan plan)
    {
        var found = new (string Name, string Value)[reader.ReadCount(2 * sizeof(int), "options", MostOptions)];
        foreach (ref var entry in found.AsSpan())
        {
            entry = (reader.ReadText(), reader.ReadText());
        }

        var step = reader.ReadInt64();
        var current = ReadSums(reader);
        const int BytesOfAnEpoch = 6 * sizeof(double);
        var epochs = new TrainingEpoch[reader.ReadCount(BytesOfAnEpoch, "epochs")];
        Refuse([.. _fingerprint.Differences(new Fingerprint(found)), .. plan.Excess(epochs.Length, step)]);
        if (step != epochs.Length * plan.BatchesInEpoch + current.Batches || current.Batches < 0 || current.Batches > plan.BatchesInEpoch || !double.IsFinite(current.MetricSum))
        {
            throw new InvalidDataException($"{epochs.Length} epochs and {current.Batches} minibatches do not make its {step} minibatches.");
        }

        for (var epoch = 0; epoch < epochs.Length; epoch++)
        {
            epochs[epoch] = new TrainingEpoch(
                epoch + 1, reader.ReadDouble(), reader.ReadDouble(), reader.ReadOptional(), reader.ReadOptional(), reader.ReadDouble(), reader.ReadDouble());
        }

        var weights = reader.ReadVector(state.Parameters.Count);
        var bestEpoch = reader.ReadInt64();
        (double Loss, Tensor? Weights) best = bestEpoch > 0 ? (reader.ReadDouble(), reader.ReadVector(state.Parameters.Count)) : default;
        if (bestEpoch < 0 || bestEpoch > epochs.Length || !double.IsFinite(best.Loss))
        {
            throw new InvalidDataException($"its best epoch is {bestEpoch} of {epochs.Length}.");
        }

        Tensor[] memory = [.. state.Optimizer.State.Select(vector => reader.ReadVector(vector.NumberOfElements))];
        if (reader.Remaining != 0)
        {
            throw new InvalidDataException($"{reader.Remaining} bytes of it are left over.");
        }

        state.Step = step;
        state.Current = current;
        state.Epochs.AddRange(epochs);
        state.Parameters.Vector.copy_(weights);
        state.Optimizer.Steps = step;
        foreach (var (vector, values) in state.Optimizer.State.Zip(memory))
        {
            vector.copy_(values);
        }

        var metric = bestEpoch > 0 ? epochs[bestEpoch - 1].ValidationAccuracy ?? 0 : 0;
        var improved = 1 + Array.FindIndex(epochs, epoch => epoch.ValidationAccuracy == metric && double.IsFinite(epoch.ValidationLoss ?? double.NaN));
        state.EarlyStopping?.Resume(epochs.Length, (int)bestEpoch, best.Loss, best.Weights?.to(state.Parameters.Vector.device), metric, improved);
    }

    private static EpochSums ReadSums(CheckpointReader reader) => new(
        reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble(),
        reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());

    private void Refuse(string[] differences)
    {
        if (differences.Length > 0)
        {
            throw new InvalidOperationException(
                $"The checkpoint '{_path}' is of another training: {string.Join("; ", differences)}. Delete it or choose another CheckpointPath.");
        }
    }

    /// <summary>Checks the format and the checksum and sets the position of the file to the start of the content.</summary>
    private void Verify(FileStream file)
    {
        Span<byte> header = stackalloc byte[Header.Length];
        var length = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (!header.SequenceEqual(Header))
        {
            var start = Encoding.ASCII.GetString(header[..length]);
            throw start.StartsWith(Name, StringComparison.Ordinal) && length == header.Length
                ? new InvalidOperationException(
                    $"The checkpoint '{_path}' is of another version of Rnn.MLNet: expected format {Format}, found {start[Name.Length]}. Delete it to train from the start.")
                : new InvalidDataException($"it does not begin with '{Name}{Format}'.");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        var left = file.Length - header.Length - SHA256.HashSizeInBytes;
        while (left > 0)
        {
            var count = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (count == 0)
            {
                throw new EndOfStreamException("it ends too soon.");
            }

            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        Span<byte> checksum = stackalloc byte[SHA256.HashSizeInBytes];
        if (left < 0 || file.ReadAtLeast(checksum, checksum.Length, throwOnEndOfStream: false) < checksum.Length || !checksum.SequenceEqual(hash.GetCurrentHash()))
        {
            throw new InvalidDataException("its checksum is wrong.");
        }

        file.Position = header.Length;
    }
}
