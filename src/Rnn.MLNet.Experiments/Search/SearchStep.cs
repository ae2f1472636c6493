namespace Rnn.MLNet.Comparison;

/// <summary>A step that a search has given out.</summary>
/// <param name="Configuration">The configuration, counted from 0.</param>
/// <param name="Epochs">Epochs in all at the end of the step.</param>
/// <param name="Loss">Lower is better; infinity for a step that failed; null while it runs.</param>
public sealed record SearchStep(int Configuration, int Epochs, double? Loss);
