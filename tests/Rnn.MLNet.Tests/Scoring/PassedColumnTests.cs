using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>The input's columns go along with the scores as they are, of whatever type.</summary>
public sealed class PassedColumnTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const int Count = 400;

    private readonly MLContext _context = trained.Context;

    [Fact]
    public void Of_every_type()
    {
        var input = Everything();
        var scored = trained.Model.Transform(input);

        var expected = Texts(input, input.Schema);
        var passed = Texts(scored, scored.Schema);

        Assert.Equal(expected.Count, passed.Count);
        for (var row = 0; row < expected.Count; row++)
        {
            // Behind the input's columns come the new ones.
            Assert.Equal(expected[row], passed[row][..expected[row].Length]);
        }
    }

    [Fact]
    public void Several_getters_in_any_order()
    {
        var scored = trained.Model.Transform(Everything());
        using var cursor = scored.GetRowCursor(scored.Schema);
        var numbers = cursor.GetGetter<long>(scored.Schema["Int64"]);
        var first = cursor.GetGetter<VBuffer<double>>(scored.Schema["Doubles"]);
        var second = cursor.GetGetter<VBuffer<double>>(scored.Schema["Doubles"]);
        VBuffer<double> own = default, other = default;
        long number = -1;
        for (var row = 0; cursor.MoveNext(); row++)
        {
            if (row % 3 == 1)
            {
                continue;
            }

            second(ref other);
            numbers(ref number);
            first(ref own);
            // What the consumer does to its own copy stays with it.
            var editor = VBufferEditor.CreateFromBuffer(ref own);
            editor.Values.Fill(-1);
            first(ref own);
            Assert.Equal(row, number);
            Assert.Equal(Doubles(row), own.DenseValues());
            Assert.Equal(Doubles(row), other.DenseValues());
        }
    }

    [Fact]
    public void Hidden_columns_and_columns_that_are_called_as_the_models()
    {
        var twice = trained.Model.Transform(_context.Transforms.CopyColumns("Score", "Weight")
            .Append(_context.Transforms.CopyColumns("Weight", "Score"))
            .Append(_context.Transforms.Conversion.MapValueToKey("Weight")).Fit(SyntheticSequences.Keyed(_context, 5))
            .Transform(SyntheticSequences.Keyed(_context, 300)));
        var scores = twice.Schema.Where(column => column is { Name: "Score", Type: NumberDataViewType or VectorDataViewType }).ToList();

        Assert.Equal(2, scores.Count);
        Assert.Equal(3, twice.Schema.Count(column => column.Name == "Weight"));
        Assert.All(Texts(twice, scores), row => Assert.Equal("1", row[0]));
        Assert.Equal(3, twice.Scores()[299].Length);
    }

    [Fact]
    public void Features_that_are_asked_for_are_those_that_were_scored()
    {
        var rows = SyntheticSequences.Rows(200).ToList();
        var input = new RandomFeatureView(SyntheticSequences.Keyed(_context, rows));
        var scored = trained.Model.Transform(input);
        var features = new List<float[]>();
        var scores = new List<float[]>();
        using (var cursor = scored.GetRowCursor([scored.Schema["Features"], scored.Schema["Score"]]))
        {
            var readFeatures = cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]);
            var readScores = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
            VBuffer<float> value = default;
            while (cursor.MoveNext())
            {
                readScores(ref value);
                scores.Add([.. value.DenseValues()]);
                readFeatures(ref value);
                features.Add([.. value.DenseValues()]);
            }
        }

        var again = trained.Model.Transform(SyntheticSequences.Keyed(
            _context, features.Select(values => new Sequence<string> { Features = values, Label = "red" })));
        ScoreColumns.AssertAgree(again.Scores(), [.. scores], 1e-6);
    }

    [Fact]
    public void Long_rows_make_smaller_batches()
    {
        // 1 MB a row.
        var source = new ObservedView(_context.Data.LoadFromEnumerable(SyntheticSequences.Rows(60).Select((row, i) => new Long
        {
            Features = row.Features,
            Values = [.. Enumerable.Repeat((float)i, 1 << 18)],
        })));
        var scored = trained.Model.Transform(source);
        using var cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Values"]]);
        var getter = cursor.GetGetter<VBuffer<float>>(scored.Schema["Values"]);
        VBuffer<float> values = default;

        Assert.True(cursor.MoveNext());
        // Of its six batches each has 4 MB.
        Assert.Equal(6 * 4, source.RowsRead);
        for (var row = 0; row < 60; row++)
        {
            getter(ref values);
            Assert.Equal((1 << 18, row, row), (values.Length, values.GetItemOrDefault(0), values.GetItemOrDefault((1 << 18) - 1)));
            Assert.Equal(row < 59, cursor.MoveNext());
        }
    }

    private IDataView Everything()
    {
        var features = SyntheticSequences.Rows(Count).ToList();
        var definition = SchemaDefinition.Create(typeof(AllTypesRow));
        definition[nameof(AllTypesRow.Sparse)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1000);
        var rows = features.Select((row, i) => new AllTypesRow
        {
            Features = row.Features,
            Boolean = i % 2 == 0,
            Byte = (byte)i,
            SByte = (sbyte)-i,
            Int16 = (short)-i,
            UInt16 = (ushort)i,
            Int32 = -i,
            UInt32 = (uint)i,
            Int64 = i,
            UInt64 = (ulong)i << 40,
            Single = i % 7 == 0 ? float.NaN : i,
            Double = i / 3.0,
            Text = i % 5 == 0 ? null : $"row {i}",
            Date = new DateTime(2026, 1, 1).AddHours(i),
            Zoned = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddHours(i),
            Duration = TimeSpan.FromMinutes(i),
            Id = new DataViewRowId((ulong)i, 7),
            ByteKey = (byte)(i % 4),
            UInt32Key = (uint)(i % 4),
            UInt64Key = (ulong)(i % 4),
            Doubles = Doubles(i),
            Texts = [.. Enumerable.Range(0, i % 4).Select(j => $"{i}/{j}")],
            Keys = [.. Enumerable.Range(0, i % 3).Select(j => (uint)j)],
            Sparse = i % 2 == 0 ? new VBuffer<float>(1000, 2, [i, -i], [i, 999]) : new VBuffer<float>(1000, [.. Enumerable.Repeat((float)i, 1000)]),
            Times = [TimeSpan.FromSeconds(i)],
        });
        var view = _context.Data.LoadFromEnumerable(rows.ToList(), definition);
        // The one type that a class cannot declare.
        return _context.Transforms.Conversion.ConvertType("UInt16Key", "UInt32Key", DataKind.UInt16).Fit(view).Transform(view);
    }

    [Fact]
    public void An_object_that_was_given_out_is_not_handed_back_to_be_overwritten()
    {
        var read = 0;
        using var values = new ScalarValues<StrongBox<int>>(
            (ref StrongBox<int> box) =>
            {
                box ??= new StrongBox<int>();
                box.Value = ++read;
            },
            capacity: 1);
        StrongBox<int> first = null!, second = null!;

        values.Read(0);
        values.Get(0, ref first);
        values.Read(0);
        values.Get(0, ref second);

        Assert.Equal((1, 2), (first.Value, second.Value));
    }

    private static double[] Doubles(int row) => [.. Enumerable.Range(0, row % 50).Select(i => row + i / 100.0)];

    /// <summary>All values of all rows, written out.</summary>
    private static List<string[]> Texts(IDataView view, IEnumerable<DataViewSchema.Column> columns)
    {
        var asked = columns.ToList();
        using var cursor = view.GetRowCursor(asked);
        var readers = asked.Select(column => ColumnText.Reader(cursor, column)).ToList();
        var rows = new List<string[]>();
        while (cursor.MoveNext())
        {
            rows.Add([.. readers.Select(read => read())]);
        }

        return rows;
    }

    private sealed class Long
    {
        [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
        public float[] Features { get; set; } = [];

        public float[] Values { get; set; } = [];
    }
}
