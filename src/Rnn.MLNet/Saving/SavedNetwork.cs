using System.Runtime.InteropServices;
using System.Text.Json;
using Google.Protobuf;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Onnx.Proto;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using Rnn.MLNet.Training;
using static TorchSharp.torch;

namespace Rnn.MLNet.Saving;

/// <summary>A network that was read from the ONNX model of a zip, which <see cref="PortableNetwork"/> wrote.</summary>
internal sealed class SavedNetwork
{
    private readonly Dictionary<string, float[]> _constants;

    private SavedNetwork(ModelDescription description, Dictionary<string, float[]> constants)
    {
        Description = description;
        _constants = constants;
    }

    /// <summary>What the model says about itself.</summary>
    public ModelDescription Description { get; }

    /// <summary>Reads the ONNX model of a zip.</summary>
    /// <param name="file">The bytes of the model.</param>
    /// <param name="isNewer">Whether a newer version of this library wrote it, so that it cannot be read.</param>
    /// <returns>The network; null if this library did not write the model, or a newer version did.</returns>
    /// <exception cref="InvalidDataException">The model does not match its checksum.</exception>
    public static SavedNetwork? Read(byte[] file, out bool isNewer)
    {
        isNewer = false;
        if (Parse(file) is not { } model || model.MetadataProps.FirstOrDefault(property => property.Key == ModelDescription.Property)?.Value is not { } json)
        {
            return null;
        }

        if (!FileChecksum.Holds(file))
        {
            throw new InvalidDataException("The network in the model file is damaged: it does not match its checksum.");
        }

        try
        {
            var description = ModelDescription.Parse(json);
            isNewer = description.Format > ModelDescription.CurrentFormat;
            return isNewer ? null : new SavedNetwork(description, model.Graph.Initializer.Where(IsWeight).ToDictionary(tensor => tensor.Name, Values));
        }
        catch (JsonException)
        {
            isNewer = true;
            return null;
        }
    }

    /// <summary>Makes the network again.</summary>
    /// <param name="task">The task, made from <see cref="ModelDescription.Task"/>.</param>
    /// <param name="device">The device on which it scores.</param>
    /// <param name="threads">The number of batches that are scored in parallel; null for <see cref="RnnThreads.Default"/>.</param>
    /// <exception cref="InvalidDataException">A weight is missing or has the wrong size.</exception>
    /// <exception cref="InvalidOperationException">libtorch failed, or memory ran out.</exception>
    public TrainedNetwork ToNetwork(ITask task, Device device, int? threads)
    {
        var feature = Description.Feature;
        var spec = Description.Network with { Scaling = SavedWeights.ReadScaling(Description.Network, _constants) };
        try
        {
            // On a worker thread, because the caller's gradient or inference mode would apply to the new tensors.
            var network = WorkerGroup.Use(1, _ => new RecurrentNetwork(spec, seed: 0, device, SavedWeights.Read(spec, feature.Column, _constants)));
            return new TrainedNetwork(
                network, task, new SequenceShape(spec.TimeSteps, spec.Features), feature.ToType(), TrainingHistory.None, NetworkTrainer.ThreadsOn(device, threads));
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(exception, $"Making {spec.Layers} layers of {spec.Cell}", "The network needs a machine with more memory.");
        }
    }

    private static ModelProto? Parse(byte[] file)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(file);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static bool IsWeight(TensorProto tensor) => tensor.DataType == TensorProto.Types.DataType.Float;

    private static float[] Values(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
}
