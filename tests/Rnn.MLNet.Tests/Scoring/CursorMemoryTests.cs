using Rnn.MLNet.Tests.Native;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A cursor that is disposed of has given all its tensors back, wherever it was and whatever was under way.</summary>
[Collection(nameof(Alone))]
public sealed class CursorMemoryTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly RnnClassifierTransformer _model =
        SyntheticSequences.Fit(SyntheticSequences.Options with { Cell = new BasicLstmCell(48), MaxSteps = 1, Threads = 2 });

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(700)]
    [InlineData(1400)]
    public void After_some_rows(int rows)
    {
        AssertNoLeak(SyntheticSequences.Keyed(_context, 1400), cursor =>
        {
            for (var row = 0; row < rows; row++)
            {
                Assert.True(cursor.MoveNext());
            }
        });
    }

    [Fact]
    public void After_the_last_row()
    {
        AssertNoLeak(SyntheticSequences.Keyed(_context, 1000), cursor =>
        {
            while (cursor.MoveNext())
            {
            }
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public void After_an_error(int row)
    {
        AssertNoLeak(new AwkwardView(SyntheticSequences.Keyed(_context, 1000)) { FailsAt = row }, cursor => Assert.Throws<IOException>(() =>
        {
            while (cursor.MoveNext())
            {
            }
        }));
    }

    private void AssertNoLeak(IDataView data, Action<DataViewRowCursor> read)
    {
        var scored = _model.Transform(data);
        TensorLeaks.AssertNone(() =>
        {
            using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
            read(cursor);
        }, times: 5);
    }
}
