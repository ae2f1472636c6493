using Xunit;

namespace Rnn.MLNet.Tests.Comparison;

/// <summary>Tests that measure the whole process, its time or its tensors, and so run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TestsAlone
{
    public const string Name = "Comparison, alone";
}
