using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>The log says how the feature column is read, and warns where that is hardly meant.</summary>
public sealed class ShapeWarningTests
{
    [Theory]
    [InlineData(null, "6 steps of 2 features", 6, 2)]
    [InlineData(4, "4 steps of 3 features", 12)]
    [InlineData(12, "12 steps of 1 feature", 12)]
    [InlineData(null, "4 steps of 3 features", 4, 3, 1)]
    [InlineData(null, "3 steps of 4 features", 3, 2, 2)]
    public void The_log_says_the_shape(int? timeSteps, string shape, params int[] dimensions)
    {
        var messages = Log(timeSteps, dimensions);

        Assert.Contains(messages, message => message.Kind == ChannelMessageKind.Info && message.Text.Contains(shape, StringComparison.Ordinal));
        Assert.DoesNotContain(messages, message => message.Kind == ChannelMessageKind.Warning);
    }

    [Theory]
    [InlineData(1, 12)]
    [InlineData(null, 1, 12)]
    public void One_step_is_warned_of(int? timeSteps, params int[] dimensions)
    {
        var warning = Assert.Single(Log(timeSteps, dimensions), message => message.Kind == ChannelMessageKind.Warning).Text;

        Assert.Contains("1 step of 12 features", warning);
        Assert.Contains("the network is not recurrent", warning);
    }

    [Theory]
    [InlineData(null, "3 steps of 784 features", 3, 28, 28)]
    [InlineData(28, "28 steps of 84 features", 3, 28, 28)]
    [InlineData(null, "1 step of 80 features", 1, 8, 10)]
    [InlineData(null, "4 steps of 80 features", 4, 8, 10)]
    public void Colours_before_the_rows_of_an_image_are_warned_of(int? timeSteps, string shape, params int[] dimensions)
    {
        var warning = Assert.Single(Log(timeSteps, dimensions), message => message.Kind == ChannelMessageKind.Warning).Text;

        Assert.Contains(shape, warning);
        Assert.Contains($"put the colours last, [{dimensions[1]}, {dimensions[2]}, {dimensions[0]}]", warning);
        Assert.Contains("ImageToSequence of the package Rnn.MLNet.Images", warning);
    }

    private static List<(ChannelMessageKind Kind, string Text)> Log(int? timeSteps, int[] dimensions)
    {
        var context = new MLContext(seed: 1);
        var messages = new ConcurrentQueue<(ChannelMessageKind Kind, string Text)>();
        context.Log += (_, message) => messages.Enqueue((message.Kind, message.RawMessage));
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        var length = dimensions.Aggregate(1, (product, dimension) => product * dimension);
        var rows = Enumerable.Range(0, 4).Select(i => new Row { Features = [.. Enumerable.Repeat(0.1f * i, length)], Label = (uint)(i % 2) });
        var data = context.Data.LoadFromEnumerable(rows.ToList(), definition);
        context.Transforms.RnnClassifier(SyntheticSequences.Options with { TimeSteps = timeSteps, MaxSteps = 1 }).Fit(data).Dispose();
        return [.. messages];
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }
    }
}
