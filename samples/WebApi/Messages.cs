using System.ComponentModel;
using System.Text.Json.Serialization;

namespace WebApi;

[Description("A sequence to classify.")]
internal sealed record Row(
    [property: Description("The numbers of all time steps, one step after the other.")] float[] Features);

[Description("The class of a sequence.")]
internal sealed record Prediction(
    [property: Description("The most probable class.")] string Label,
    [property: Description("The probability of each class.")] Dictionary<string, float> Probabilities,
    [property: Description("The model that answered: the first 12 digits of its SHA-256.")] string Model);

[Description("Whether requests can be answered.")]
internal sealed record Health(
    [property: Description("\"ready\", or \"no model\".")] string Status,
    [property: Description("The model in use.")] ModelIdentity? Model,
    [property: Description("Why the file could not be loaded; the model before it stays in use.")] string? Error);

[Description("A loaded model.")]
internal sealed record ModelIdentity(
    [property: Description("The SHA-256 of the zip.")] string Sha256,
    [property: Description("The time of the file.")] DateTime FileTime,
    [property: Description("How many numbers a row has.")] int Features,
    [property: Description("The classes, in the order of the model's scores.")] string[] Classes);

/// <summary>Reads and writes the bodies without reflection.</summary>
[JsonSerializable(typeof(Row[]))]
[JsonSerializable(typeof(Prediction[]))]
[JsonSerializable(typeof(Health))]
internal sealed partial class MessageJson : JsonSerializerContext;
