using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>What a model and its readers hold of libtorch and ONNX Runtime goes when the last of them does, not when a finalizer comes.</summary>
public sealed class NativeReleaseTests
{
    private static readonly SequenceShape Shape = new(SyntheticSequences.TimeSteps, SyntheticSequences.Values);

    private readonly RecurrentNetwork _network = new(
        new NetworkSpec(new BasicLstmCell(2), 1, false, 0, ReadOut.FinalState, Shape.TimeSteps, Shape.Features, 3), seed: 1, CPU);

    [Fact]
    public void A_network_and_its_session_go_with_the_last_who_rents_them()
    {
        var shared = new SharedNetwork(_network, Classification.Task(3), typeof(RnnClassifierTransformer));
        var first = shared.Rent();
        var second = shared.Rent();
        var session = Field(first.Session, "_session");
        Assert.Same(second.Session, first.Session);
        Assert.Same(_network, first.Network);

        shared.Dispose();
        shared.Dispose();
        Assert.Throws<ObjectDisposedException>(() => shared.Rent().Dispose());
        first.Dispose();
        Assert.False(_network.Parameters.Vector.IsInvalid);
        Assert.False(IsFreed(session));

        second.Dispose();
        Assert.True(_network.Parameters.Vector.IsInvalid);
        Assert.True(IsFreed(session));
    }

    [Fact]
    public void A_network_that_nobody_rents_goes_with_the_model()
    {
        var shared = new SharedNetwork(_network, Classification.Task(3), typeof(RnnClassifierTransformer));
        using (shared.Rent())
        {
        }

        Assert.False(_network.Parameters.Vector.IsInvalid);
        shared.Dispose();
        Assert.True(_network.Parameters.Vector.IsInvalid);
        Assert.Equal(
            typeof(RnnClassifierTransformer).FullName,
            Assert.Throws<ObjectDisposedException>(shared.ThrowIfDisposed).ObjectName);
    }

    [Fact]
    public void The_tensors_of_a_row_go_with_it()
    {
        var context = new MLContext(seed: 1);
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
        var data = SyntheticSequences.Keyed(context, 3);
        var mapper = model.GetRowToRowMapper(data.Schema);
        using var cursor = data.GetRowCursor(data.Schema);
        var row = mapper.GetRow(cursor, mapper.OutputSchema);
        var binding = Field(row, "_binding");
        object[] held = [((Array)Field(binding, "_input")).GetValue(0)!, ((Array)Field(binding, "_output")).GetValue(0)!, Field(binding, "_options")];
        Assert.All(held, native => Assert.False(IsFreed(native)));

        row.Dispose();

        Assert.All(held, native => Assert.True(IsFreed(native)));
    }

    [Fact]
    public void The_columns_of_a_batch_go_with_it()
    {
        List<Column> columns = [];
        var batch = new ScoringBatch(Shape, Classification.Task(3), [Make, Make]);
        Assert.Equal(2, columns.Count);
        Assert.All(columns, column => Assert.False(column.IsDisposed));

        batch.Dispose();

        Assert.All(columns, column => Assert.True(column.IsDisposed));

        Column Make(int capacity)
        {
            Assert.Equal(128, capacity);
            columns.Add(new Column());
            return columns[^1];
        }
    }

    private static object Field(object owner, string name) =>
        owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;

    private static bool IsFreed(object native) => native is SafeHandle handle ? handle.IsClosed : (bool)Field(native, "_disposed");

    private sealed class Column : IColumnValues
    {
        public bool IsDisposed { get; private set; }

        public long Read(int row) => 0;

        public void Dispose() => IsDisposed = true;
    }
}
