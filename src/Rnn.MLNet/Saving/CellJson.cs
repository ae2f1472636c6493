using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Rnn.MLNet.Cells;

namespace Rnn.MLNet.Saving;

/// <summary>Converts cells to JSON: the name of the type and all properties, such as <c>{"Cell":"GruCell","Units":128,"ResetAfter":true}</c>.</summary>
internal sealed class CellJson : JsonConverter<RnnCell>
{
    private const string Name = "Cell";

    /// <inheritdoc/>
    public override RnnCell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonNode.Parse(ref reader)!.AsObject();
        var name = (string?)json[Name];
        json.Remove(Name);
        var type = CellTable.Types.FirstOrDefault(type => type.Name == name) ?? throw new JsonException($"There is no cell '{name}'.");
        return (RnnCell)json.Deserialize(type, options)!;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RnnCell value, JsonSerializerOptions options)
    {
        var json = JsonSerializer.SerializeToNode(value, value.GetType(), options)!.AsObject();
        json.Insert(0, Name, value.GetType().Name);
        json.WriteTo(writer);
    }
}
