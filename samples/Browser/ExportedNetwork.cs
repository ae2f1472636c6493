using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace Browser;

/// <summary>A network as an ONNX model, with what the page has to know of it.</summary>
internal sealed class ExportedNetwork
{
    private const string Input = "features";
    private const string Probabilities = "probabilities";

    private ExportedNetwork(byte[] content, IReadOnlyList<string> classes, string description)
    {
        Content = content;
        Classes = classes;
        Description = description;
    }

    /// <summary>The content of the .onnx file.</summary>
    public byte[] Content { get; }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What the network says of itself.</summary>
    public string Description { get; }

    /// <summary>Reads a network from a zip that ML.NET saved or from a .onnx file that ExportOnnx wrote.</summary>
    /// <exception cref="InvalidDataException">It is neither, or the network does not read pictures of 28 × 28 pixels.</exception>
    public static ExportedNetwork Read(string path)
    {
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return Of(File.ReadAllBytes(path), path);
        }

        using var model = new MLContext().Model.LoadRnn(path, out _);
        return model.OfType<RnnClassifierTransformer>().ToList() is [var network]
            ? Of(network, path)
            : throw new InvalidDataException($"{path}: expected a model with one RnnClassifier.");
    }

    /// <summary>Exports a network.</summary>
    public static ExportedNetwork Of(RnnClassifierTransformer network) => Of(network, "the network");

    private static ExportedNetwork Of(RnnClassifierTransformer network, string name)
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.onnx");
        try
        {
            network.ExportOnnx(file);
            return Of(File.ReadAllBytes(file), name);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ExportedNetwork Of(byte[] content, string name)
    {
        using var session = Session(content, name);
        if (!session.InputMetadata.TryGetValue(Input, out var input) || input.Dimensions is not [_, Digit.Side, Digit.Side])
        {
            string found = string.Join(", ", session.InputMetadata.Select(one => $"{one.Key} [{string.Join(" × ", one.Value.Dimensions)}]"));
            throw new InvalidDataException($"{name}: expected one input '{Input}' of {Digit.Side} time steps of {Digit.Side} features, got {found}.");
        }

        if (!session.OutputMetadata.TryGetValue(Probabilities, out var output) || output.Dimensions is not [_, var count and > 0])
        {
            throw new InvalidDataException(
                $"{name}: expected an output '{Probabilities}', as ExportOnnx writes it, got {string.Join(", ", session.OutputMetadata.Keys)}.");
        }

        return new ExportedNetwork(content, Names(session, count, name), session.ModelMetadata.Description);
    }

    private static string[] Names(InferenceSession session, int count, string name)
    {
        if (!session.ModelMetadata.CustomMetadataMap.TryGetValue("classes", out string? names))
        {
            // A label column without key values: the classes are 0, 1, 2, …
            return [.. Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        }

        try
        {
            if (JsonSerializer.Deserialize<string[]>(names) is { } classes && classes.Length == count)
            {
                return classes;
            }
        }
        catch (JsonException)
        {
        }

        throw new InvalidDataException($"{name}: expected the names of {count} classes as a JSON array in the metadata property 'classes', got '{names}'.");
    }

    private static InferenceSession Session(byte[] content, string name)
    {
        try
        {
            return new InferenceSession(content);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"{name}: expected an ONNX model that ONNX Runtime can load. {exception.Message}", exception);
        }
    }
}
