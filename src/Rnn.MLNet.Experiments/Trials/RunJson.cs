using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>
/// Converts a trial to JSON, for the journal and <see cref="ExperimentResult.SaveJson"/>: the properties of <see cref="RnnRunDetail"/>, with
/// those of its <see cref="ExperimentMetrics"/> inserted after the loss instead of nested.
/// </summary>
internal sealed class RunJson : JsonConverter<RnnRunDetail>
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        // Named, as a program that is trimmed has no other by default.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions OfMetrics = new(Plain) { Converters = { new NumberOrNull() } };

    /// <summary>The options for trials and for objects that contain trials.</summary>
    public static JsonSerializerOptions Options { get; } = new(Plain) { Converters = { new RunJson() } };

    /// <inheritdoc/>
    public override RnnRunDetail Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var json = document.RootElement;
        var run = json.Deserialize<RnnRunDetail>(Plain)!;
        return json.TryGetProperty("microAccuracy", out var accuracy) && accuracy.ValueKind != JsonValueKind.Null
            ? run with { ValidationMetrics = json.Deserialize<ExperimentMetrics>(OfMetrics) }
            : run;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RnnRunDetail value, JsonSerializerOptions options)
    {
        var json = JsonSerializer.SerializeToNode(value, Plain)!.AsObject();
        var place = json.IndexOf("loss");
        foreach (var (name, metric) in JsonSerializer.SerializeToNode(value.ValidationMetrics ?? ExperimentMetrics.None, OfMetrics)!.AsObject())
        {
            json.Insert(++place, name, metric?.DeepClone());
        }

        json.WriteTo(writer);
    }

    /// <summary>Writes NaN as null, because JSON has no NaN.</summary>
    private sealed class NumberOrNull : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : JsonSerializer.Deserialize<double>(ref reader, Plain);

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsNaN(value))
            {
                writer.WriteNullValue();
            }
            else
            {
                JsonSerializer.Serialize(writer, value, Plain);
            }
        }
    }
}
