namespace Rnn.MLNet.Tasks;

/// <summary>The description of a task in an exported network.</summary>
/// <param name="Kind">The kind of model, such as <c>classifier</c>.</param>
/// <param name="Head">The description of the head, which is appended to that of the other layers.</param>
/// <param name="ScoresName">The name of the model's output.</param>
/// <param name="ScoresDocumentation">The documentation of the model's output.</param>
/// <param name="ScoresOverTimeName">The name of the output with the scores after each time step; null for none.</param>
/// <param name="Metadata">Additional metadata properties.</param>
internal sealed record ExportedDescription(
    string Kind, string Head, string ScoresName, string ScoresDocumentation, string? ScoresOverTimeName, IReadOnlyList<KeyValuePair<string, string>> Metadata);
