using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>What a model and its readers hold of libtorch and of the weights goes when the last of them does, not when a finalizer comes.</summary>
public sealed class NativeReleaseTests
{
    private static readonly SequenceShape Shape = new(SyntheticSequences.TimeSteps, SyntheticSequences.Values);

    private readonly RecurrentNetwork _network = new(
        new NetworkSpec(new BasicLstmCell(2), 1, false, 0, ReadOut.FinalState, Shape.TimeSteps, Shape.Features, 3), seed: 1, CPU);

    [Fact]
    public void A_network_and_its_copy_go_with_the_last_who_rents_them()
    {
        var shared = new SharedNetwork(_network, typeof(RnnClassifierTransformer));
        var first = shared.Rent();
        var second = shared.Rent();
        var copy = Copied(first, second);
        Assert.Same(_network, first.Network);

        shared.Dispose();
        shared.Dispose();
        Assert.Throws<ObjectDisposedException>(() => shared.Rent().Dispose());
        first.Dispose();
        Assert.False(_network.Parameters.Vector.IsInvalid);
        GC.Collect();
        Assert.True(copy.IsAlive);

        second.Dispose();
        Assert.True(_network.Parameters.Vector.IsInvalid);
        GC.Collect();
        Assert.False(copy.IsAlive);
        GC.KeepAlive(shared);
    }

    [Fact]
    public void A_network_that_nobody_rents_goes_with_the_model()
    {
        var shared = new SharedNetwork(_network, typeof(RnnClassifierTransformer));
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
            Assert.Equal(60, capacity);
            columns.Add(new Column());
            return columns[^1];
        }
    }

    // Not inlined: no variable of the test may hold the copy.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Copied(SharedNetwork.Lease first, SharedNetwork.Lease second)
    {
        Assert.Same(second.Sequences, first.Sequences);
        Assert.Same(second.Steps, first.Steps);
        return new WeakReference(first.Sequences);
    }

    private sealed class Column : IColumnValues
    {
        public bool IsDisposed { get; private set; }

        public long Read(int row) => 0;

        public void Dispose() => IsDisposed = true;
    }
}
