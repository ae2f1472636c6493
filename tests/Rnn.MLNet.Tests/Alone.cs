namespace Rnn.MLNet.Tests;

/// <summary>Tests that count what the whole process holds; nothing else runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
