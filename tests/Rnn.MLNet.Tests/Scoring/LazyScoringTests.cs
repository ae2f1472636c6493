namespace Rnn.MLNet.Tests.Scoring;

/// <summary>Nothing is read before it is asked for, and nothing that is not asked for.</summary>
public sealed class LazyScoringTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private readonly ObservedView _source = new(SyntheticSequences.Keyed(trained.Context, 200));

    private IDataView Scored => trained.Model.Transform(_source);

    [Fact]
    public void Transform_reads_nothing()
    {
        _ = Scored.Schema["Score"];

        Assert.Equal(0, _source.CursorsOpened);
    }

    [Fact]
    public void A_cursor_reads_nothing_before_it_moves()
    {
        var scored = Scored;
        using var cursor = scored.GetRowCursor(scored.Schema);
        _ = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);

        Assert.Equal(0, _source.RowsRead);
    }

    [Fact]
    public void Asked_for_the_score_only_it_reads_the_features_once()
    {
        Assert.Equal(200, Scored.Scores().Length);

        Assert.Equal(["Features"], _source.ColumnsAsked.Keys);
        Assert.Equal(200, _source.RowsRead);
    }

    [Fact]
    public void Asked_for_an_input_column_only_it_scores_nothing()
    {
        Assert.Equal(200, Scored.GetColumn<float>("Weight").Count());

        Assert.Equal(["Weight"], _source.ColumnsAsked.Keys);
        Assert.Equal(200, _source.RowsRead);
    }

    [Fact]
    public void Asked_for_no_column_it_counts_rows()
    {
        using var cursor = Scored.GetRowCursor([]);
        var rows = 0;
        while (cursor.MoveNext())
        {
            rows++;
        }

        Assert.Equal(200, rows);
        Assert.Empty(_source.ColumnsAsked);
    }

    [Fact]
    public void The_first_row_needs_no_more_than_some_batches()
    {
        var source = new ObservedView(SyntheticSequences.Keyed(trained.Context, 3000));
        var scored = trained.Model.Transform(source);
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        cursor.MoveNext();

        // Two batches a thread, one more and, in place of the one that is read, the next.
        Assert.Equal(6 * 60, source.RowsRead);
    }

    [Fact]
    public void A_cursor_that_is_left_early_lets_go_of_its_source()
    {
        var scored = Scored;
        using (var cursor = scored.GetRowCursor(scored.Schema))
        {
            Assert.True(cursor.MoveNext());
        }

        Assert.True(_source.CursorsOpened > 0);
        Assert.Equal(_source.CursorsOpened, _source.CursorsDisposed);
    }

    [Fact]
    public void A_column_that_was_not_asked_for_cannot_be_read()
    {
        var scored = Scored;
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);

        Assert.False(cursor.IsColumnActive(scored.Schema["PredictedLabel"]));
        Assert.Contains("'PredictedLabel'", Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<uint>(scored.Schema["PredictedLabel"])).Message);
    }

    [Fact]
    public void A_score_read_as_another_type_is_refused()
    {
        var scored = Scored;
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);

        Assert.Contains("'Score'", Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["Score"])).Message);
    }

    [Fact]
    public void A_disposed_model_refuses_to_work()
    {
        var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
        model.Dispose();
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.Transform(_source));
        Assert.Throws<ObjectDisposedException>(() => model.GetRowToRowMapper(_source.Schema));
        Assert.Throws<ObjectDisposedException>(() => model.ExportOnnx("never.onnx"));
    }
}
