using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Tasks;

/// <summary>
/// The part of a saved model that follows the network: ML.NET's own transformers, which compute the task's columns from the outputs of the
/// network's ONNX model.
/// </summary>
internal interface ISavedTail
{
    /// <summary>
    /// The output columns of the ONNX model, <see cref="SavedColumns.Scores"/> first, with <see cref="SavedColumns.ScoresOverTime"/> if the task's columns need
    /// the scores after each time step. The end of the chain drops them.
    /// </summary>
    IReadOnlyList<string> NetworkColumns { get; }

    /// <summary>The slot names of <see cref="SavedColumns.Scores"/>; null for none.</summary>
    IReadOnlyList<string>? SlotNames { get; }

    /// <summary>Adds the constant that the additional outputs need. The model's checksum covers it.</summary>
    /// <returns>The name of the constant; null if none is needed.</returns>
    string? AddConstants(OnnxGraph graph);

    /// <summary>Adds the operators of the outputs other than the scores, and declares these outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="scores">The name of one row's scores, a vector.</param>
    /// <param name="constants">The result of <see cref="AddConstants"/>.</param>
    void AddOutputs(OnnxGraph graph, string scores, string? constants);

    /// <summary>Appends the transformers to a chain.</summary>
    /// <param name="chain">The chain, which ends with the network.</param>
    void AppendTo(SavedChain chain);
}
