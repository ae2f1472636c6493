namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A cursor is used as ML.NET allows, or refuses; an input that fails is reported at the row where it failed.</summary>
public sealed class ScoringCursorTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(0, "Features")]
    [InlineData(5, "Weight")]
    [InlineData(128, null)]
    [InlineData(300, "Features")]
    [InlineData(300, "Weight")]
    [InlineData(700, null)]
    public void Rows_before_an_error_come_and_then_the_error(int row, string? column)
    {
        var source = new AwkwardView(SyntheticSequences.Keyed(trained.Context, 800)) { FailsAt = row, FailsIn = column };
        var expected = trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, 800)).Scores();
        var scored = trained.Model.Transform(source);
        using (var cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Weight"]]))
        {
            var getter = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
            VBuffer<float> score = default;
            for (var i = 0; i < row; i++)
            {
                Assert.True(cursor.MoveNext());
                Assert.Equal(i, cursor.Position);
                getter(ref score);
                ScoreColumns.AssertAgree([expected[i]], [[.. score.DenseValues()]], 1e-6);
            }

            // Each time: no later row is given out as the next.
            Assert.Equal($"The line went dead at row {row}.", Assert.Throws<IOException>(() => cursor.MoveNext()).Message);
            Assert.Throws<IOException>(() => cursor.MoveNext());
        }

        Assert.Equal(0, source.Readers);
    }

    [Fact]
    public void A_cursor_that_is_abandoned_before_the_error_does_not_throw_it()
    {
        var source = new AwkwardView(SyntheticSequences.Keyed(trained.Context, 800)) { FailsAt = 300 };
        var scored = trained.Model.Transform(source);
        var cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Weight"]]);
        Assert.True(cursor.MoveNext());

        cursor.Dispose();
        cursor.Dispose();

        Assert.Equal(0, source.Readers);
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.Equal(2, trained.Context.Data.TakeRows(scored, 2).Scores().Length);
        Assert.Equal(0, source.Readers);
    }

    [Theory]
    [InlineData("Features")]
    [InlineData("Weight")]
    public void An_input_of_which_a_column_cannot_be_read_is_closed_again(string column)
    {
        var source = new UnreadableView(SyntheticSequences.Keyed(trained.Context, 5), column);
        var scored = trained.Model.Transform(source);

        var error = Assert.Throws<IOException>(() => scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Weight"]]));

        Assert.Equal($"{column} cannot be read.", error.Message);
        Assert.Equal(1, source.Closed);
    }

    [Fact]
    public void A_cursor_that_has_been_disposed_of_asks_nothing_of_its_input()
    {
        var source = new AwkwardView(SyntheticSequences.Keyed(trained.Context, 800)) { RefusesAfterDisposal = true };
        var scored = trained.Model.Transform(source);
        var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        var score = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        Assert.True(cursor.MoveNext());

        cursor.Dispose();

        Assert.False(cursor.MoveNext());
        Assert.Equal("The cursor has been disposed of.", Assert.Throws<InvalidOperationException>(() => Read(score)).Message);
    }

    /// <summary>The application may end itself when it is notified of an unobserved exception.</summary>
    [Fact]
    public void An_error_that_nobody_came_to_is_not_unobserved()
    {
        var unobserved = new List<Exception>();
        void Observe(object? sender, UnobservedTaskExceptionEventArgs error)
        {
            lock (unobserved)
            {
                unobserved.AddRange(error.Exception.InnerExceptions);
            }
        }

        TaskScheduler.UnobservedTaskException += Observe;
        try
        {
            Leave();
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Observe;
        }

        lock (unobserved)
        {
            Assert.DoesNotContain(unobserved, error => error.Message == "The line went dead at row 333.");
        }

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        void Leave()
        {
            var scored = trained.Model.Transform(new AwkwardView(SyntheticSequences.Keyed(trained.Context, 800)) { FailsAt = 333 });
            using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
            Assert.True(cursor.MoveNext());
        }
    }

    [Theory]
    [InlineData("Score", "Weight")]
    [InlineData("Weight")]
    public void An_empty_input(params string[] columns)
    {
        var scored = trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, 0));
        using var cursor = scored.GetRowCursor([.. columns.Select(column => scored.Schema[column])]);

        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Nothing_is_read_before_the_first_row_and_behind_the_last()
    {
        var scored = trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, 1));
        using var cursor = scored.GetRowCursor(scored.Schema);
        var weight = cursor.GetGetter<float>(scored.Schema["Weight"]);
        var score = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        var id = cursor.GetIdGetter();

        AssertRefused();
        Assert.True(cursor.MoveNext());
        Assert.Equal(1, Read(weight));
        Assert.Equal(3, Read(score).Length);
        _ = Read(id);
        Assert.False(cursor.MoveNext());
        AssertRefused();

        void AssertRefused()
        {
            Assert.Equal(-1, cursor.Position);
            Assert.Contains("not on a row", Assert.Throws<InvalidOperationException>(() => Read(weight)).Message);
            Assert.Contains("not on a row", Assert.Throws<InvalidOperationException>(() => Read(score)).Message);
            Assert.Contains("not on a row", Assert.Throws<InvalidOperationException>(() => Read(id)).Message);
        }
    }

    [Fact]
    public void A_column_read_as_another_type_is_refused()
    {
        var scored = trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, 1));
        using var cursor = scored.GetRowCursor(scored.Schema);

        var message = Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(scored.Schema["Weight"])).Message;

        Assert.Contains("'Weight' is Single", message);
        Assert.Contains("System.Double", message);
    }

    [Fact]
    public void A_column_of_another_schema_is_refused()
    {
        var scored = trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, 1));
        var wider = trained.Model.Transform(trained.Model.Transform(scored));

        Assert.Contains(
            "'PredictedLabel' with index", Assert.Throws<ArgumentException>(() => scored.GetRowCursor([wider.Schema["PredictedLabel"]])).Message);
        Assert.Contains(
            "'Label' with index 0", Assert.Throws<ArgumentException>(() => wider.GetRowCursor([Other()["Label"]])).Message);
        var first = wider.Schema.First(column => column.Index == scored.Schema.Count);
        Assert.Contains(
            $"'{first.Name}' with index {first.Index}", Assert.Throws<ArgumentException>(() => scored.GetRowCursor([first])).Message);

        DataViewSchema Other() => trained.Context.Data.LoadFromEnumerable(new[] { new Labelled() }).Schema;
    }

    private static T Read<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
        return value;
    }

    private sealed class Labelled
    {
        public string Label { get; set; } = "";
    }

    /// <summary>A view of whose cursors one column gives no getter.</summary>
    private sealed class UnreadableView(IDataView inner, string column) : PassThroughView(inner)
    {
        public int Closed { get; private set; }

        protected override DataViewRowCursor Wrap(DataViewRowCursor cursor) => new UnreadableCursor(cursor, this, column);

        private sealed class UnreadableCursor(DataViewRowCursor inner, UnreadableView view, string unreadable) : Cursor(inner)
        {
            public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
                column.Name == unreadable ? throw new IOException($"{unreadable} cannot be read.") : base.GetGetter<TValue>(column);

            protected override void Closing() => view.Closed++;
        }
    }
}
