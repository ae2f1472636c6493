namespace Rnn.MLNet.Comparison;

/// <summary>A step of a search: the training of one configuration up to a number of epochs.</summary>
/// <param name="Configuration">The zero-based configuration.</param>
/// <param name="Epochs">The total number of epochs that the configuration has been trained for at the end of the step.</param>
/// <param name="Loss">The validation loss, lower is better; positive infinity for a failed step, null while the step is running.</param>
public sealed record SearchStep(int Configuration, int Epochs, double? Loss);
