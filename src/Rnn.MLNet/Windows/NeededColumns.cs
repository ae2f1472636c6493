namespace Rnn.MLNet.Windows;

/// <summary>The columns of the source that a cursor reads.</summary>
/// <param name="Features">Whether the features are among them.</param>
/// <param name="Label">Whether the label is among them.</param>
/// <param name="All">All of them.</param>
internal sealed record NeededColumns(bool Features, bool Label, IReadOnlyList<DataViewSchema.Column> All);
