namespace Rnn.MLNet.Comparison;

/// <summary>A step of a search: the training of one configuration up to a number of optimiser steps.</summary>
/// <param name="Configuration">The zero-based configuration.</param>
/// <param name="Steps">The total number of optimiser steps of the configuration at the end of the search step.</param>
/// <param name="Loss">The validation loss, lower is better; positive infinity for a failed step, null while the step is running.</param>
public sealed record SearchStep(int Configuration, int Steps, double? Loss);
