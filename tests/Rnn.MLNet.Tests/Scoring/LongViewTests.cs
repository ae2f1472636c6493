namespace Rnn.MLNet.Tests.Scoring;

/// <summary>Memory is that of some batches, however long the view.</summary>
[Collection(nameof(Alone))]
public sealed class LongViewTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const int Rows = 120_000;
    private const int Early = 10_000;
    private const int Late = 110_000;

    [Fact]
    public void Scoring_a_stream_keeps_nothing_of_it()
    {
        var shared = SyntheticSequences.Rows(1).Single();
        var stream = trained.Context.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(_ => shared));
        var scored = trained.Model.Transform(stream);
        long early = 0, late = 0;
        var row = 0;
        VBuffer<float> scores = default;
        using var cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Weight"]]);
        var getter = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        while (cursor.MoveNext())
        {
            getter(ref scores);
            row++;
            if (row == Early)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
            else if (row == Late)
            {
                late = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        Assert.Equal(Rows, row);
        // Sequences and scores of the rows between take 6 MB.
        Assert.True(late - early < 2 << 20, $"Memory grew by {late - early} bytes.");
    }
}
