using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Saving;

/// <summary>
/// What a saved model says about itself, as JSON in the metadata of its ONNX model: all that the transformer needs to be made again, except for
/// the weights and the classes.
/// </summary>
/// <param name="Format">The version of the description and of the names of the weights.</param>
/// <param name="Network">The architecture of the network, without its scaling, whose numbers are constants of the ONNX model.</param>
/// <param name="Feature">The feature column in training.</param>
/// <param name="Task">The task.</param>
internal sealed record ModelDescription(int Format, NetworkSpec Network, SavedFeature Feature, SavedTask Task)
{
    /// <summary>The name of the metadata property.</summary>
    public const string Property = "rnn_mlnet";

    /// <summary>The version that this library writes.</summary>
    public const int CurrentFormat = 1;

    // What a newer version may have added must not be passed over in silence.
    private static readonly JsonSerializerOptions Strict = new()
    {
        // Named, as a program that is trimmed has no other by default.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new CellJson(), new JsonStringEnumConverter() },
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Describes a model.</summary>
    /// <param name="network">The architecture.</param>
    /// <param name="task">The task.</param>
    /// <param name="column">The name of the feature column.</param>
    /// <param name="type">The type of the feature column.</param>
    public static ModelDescription Of(NetworkSpec network, ITask task, string column, VectorDataViewType type) =>
        new(CurrentFormat, network with { Scaling = null }, SavedFeature.Of(column, type), task.Saved);

    /// <summary>Reads a description.</summary>
    /// <exception cref="JsonException">The text is not a description, or that of a newer version.</exception>
    public static ModelDescription Parse(string json) => JsonSerializer.Deserialize<ModelDescription>(json, Strict) ?? throw new JsonException();

    /// <summary>Returns the description as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Strict);
}
