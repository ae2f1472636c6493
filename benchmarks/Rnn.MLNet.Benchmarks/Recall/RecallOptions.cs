namespace Rnn.MLNet.Benchmarks.Recall;

/// <summary>The parsed command line of --recall.</summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="Lengths">The numbers of time steps.</param>
/// <param name="Seeds">The number of seeds of each network.</param>
/// <param name="Steps">The most optimiser steps of each.</param>
internal sealed record RecallOptions(IReadOnlyList<RecallTask> Tasks, IReadOnlyList<int> Lengths, int Seeds, int Steps);
