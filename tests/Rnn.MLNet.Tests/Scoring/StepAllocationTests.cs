using Rnn.MLNet.Tests.Cells;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A step allocates nothing, so a stream never waits for the garbage collector on its own account.</summary>
[Collection(nameof(Alone))]
public sealed class StepAllocationTests
{
    [Theory]
    [MemberData(nameof(CellSamples.Names), MemberType = typeof(CellSamples))]
    public void No_cell_allocates(string cell)
    {
        AssertNone(SyntheticSequences.Options with { Cell = CellSamples.All[cell], Layers = 2, ReadOut = ReadOut.MeanPool });
    }

    [Fact]
    public void Scaling_and_missing_values_allocate_nothing()
    {
        AssertNone(SyntheticSequences.Options with { InputScaling = InputScaling.Standardize, MissingValues = MissingValues.ZeroAndIndicator });
    }

    private static void AssertNone(RnnClassifierOptions options)
    {
        using var model = SyntheticSequences.Fit(options with { MaxSteps = 1 });
        using var engine = model.CreateStepEngine();
        var features = new float[] { 0.5f, options.MissingValues == MissingValues.Refuse ? 1 : float.NaN };
        Run(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                engine.Step(features);
                _ = engine.PredictedLabel;
            }

            engine.Reset();
        }
    }
}
