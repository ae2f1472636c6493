namespace Rnn.MLNet.Tests.Reading;

/// <summary>Rows that outgrow their budget are released when the pass continues without keeping them.</summary>
[Collection(nameof(Alone))]
public sealed class BudgetOverflowTests
{
    private const int Length = 1 << 20;
    private const long Budget = 64 << 20;

    [Fact]
    public void What_was_kept_is_free_before_the_pass_ends()
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Length);
        long kept = 0, outgrown = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var data = new MLContext().Data.LoadFromEnumerable(Rows(), definition);
        var columns = Classification.ColumnsOf(data.Schema, timeSteps: 1);

        var (rows, _) = new SequenceReader(data, columns, "training").Read(Budget, ValidationSplit.None, TestContext.Current.CancellationToken);

        Assert.IsType<StreamedRows>(rows);
        // Blocks of 16 MiB; beside them what the process does at the same time, but less than another block. Then the row that is being read, here
        // and there.
        Assert.InRange(kept, 48L << 20, Budget + (15 << 20));
        Assert.InRange(outgrown, 0, 32L << 20);

        IEnumerable<Row> Rows()
        {
            for (var i = 0; i < 24; i++)
            {
                if (i == 12)
                {
                    kept = GC.GetTotalMemory(forceFullCollection: true) - before;
                }

                if (i == 23)
                {
                    outgrown = GC.GetTotalMemory(forceFullCollection: true) - before;
                }

                yield return new Row { Features = new VBuffer<float>(Length, 1, [i], [0]), Label = 1 };
            }
        }
    }

    private sealed class Row
    {
        public VBuffer<float> Features { get; set; }

        [KeyType(2)]
        public uint Label { get; set; }
    }
}
