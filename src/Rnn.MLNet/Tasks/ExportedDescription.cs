namespace Rnn.MLNet.Tasks;

/// <summary>What an exported network says of its task.</summary>
/// <param name="Kind">What it is, such as <c>classifier</c>.</param>
/// <param name="Head">The head, as it stands behind the rest of the architecture.</param>
/// <param name="ScoresName">The name of the model's output.</param>
/// <param name="ScoresDocumentation">What the output holds.</param>
/// <param name="Metadata">Further metadata, by name.</param>
internal sealed record ExportedDescription(
    string Kind, string Head, string ScoresName, string ScoresDocumentation, IReadOnlyList<KeyValuePair<string, string>> Metadata);
