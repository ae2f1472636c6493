using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.Situations;

/// <summary>Rows that take a little less, and a little more, than half of the memory that this process may use; writes how they are kept.</summary>
internal sealed class HalfTheMemory : ISituation
{
    private const int Length = 1 << 18;

    public static int Main(string[] args)
    {
        AppContext.SetData("GCHeapHardLimit", 400UL << 20);
        GC.RefreshMemoryLimit();
        Console.WriteLine(string.Join(", ", ((int[])[45, 55]).Select(percent => $"{percent}% {Kept(percent)}")));
        return 0;
    }

    private static string Kept(int percent)
    {
        var context = new MLContext(seed: 1);
        using var channel = ((IHostEnvironment)context).Register("test").Start("reading");
        var rows = (int)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * percent / 100 / (Length * sizeof(float)));
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Length);
        var data = context.Data.LoadFromEnumerable(
            Enumerable.Range(0, rows).Select(i => new Row { Features = new VBuffer<float>(Length, 1, [i], [0]), Label = 1 }), definition);
        return TrainingData.Read(data, Classification.Targets, new RnnClassifierOptions { TimeSteps = 2 }, seed: 1, channel).Training.GetType().Name;
    }

    private sealed class Row
    {
        public VBuffer<float> Features { get; set; }

        [KeyType(2)]
        public uint Label { get; set; }
    }
}
