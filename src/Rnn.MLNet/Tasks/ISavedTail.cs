using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Tasks;

/// <summary>
/// What comes behind the network in a saved model: transformers of ML.NET's own that make the task's columns of what the network's ONNX
/// model gives.
/// </summary>
internal interface ISavedTail
{
    /// <summary>The columns that the ONNX model gives, <see cref="SavedColumns.Scores"/> first. They are dropped in the end.</summary>
    IReadOnlyList<string> NetworkColumns { get; }

    /// <summary>The slot names of <see cref="SavedColumns.Scores"/>; null for none.</summary>
    IReadOnlyList<string>? SlotNames { get; }

    /// <summary>Adds constants that the model's outputs need and that its checksum is to cover.</summary>
    /// <returns>Their name; null if none are needed.</returns>
    string? AddConstants(OnnxGraph graph);

    /// <summary>Adds and declares the outputs behind the scores.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="scores">The name of one row's scores, a vector.</param>
    /// <param name="constants">What <see cref="AddConstants"/> gave.</param>
    void AddOutputs(OnnxGraph graph, string scores, string? constants);

    /// <summary>Appends the transformers.</summary>
    /// <param name="chain">The chain so far.</param>
    void AppendTo(SavedChain chain);
}
