namespace Rnn.MLNet.Tests.Tasks;

/// <summary>Labels that are text, numbers or plain keys of any width.</summary>
public sealed class LabelColumnTests
{
    private static readonly RnnClassifierOptions Learns = SyntheticSequences.Options with { Epochs = 12 };

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Text_comes_back_as_text()
    {
        var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.RnnClassifier(Learns))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Colour", "PredictedLabel"))
            .Fit(SyntheticSequences.Text(_context, 96));
        var test = SyntheticSequences.Text(_context, 30, seed: 2);

        Assert.Equal(test.GetColumn<string>("Label"), model.Transform(test).GetColumn<string>("Colour"));
        Assert.Equal(SyntheticSequences.Rows(3).Select(row => row.Label), model.Transform(test).SlotNames());
    }

    [Fact]
    public void Numbers_come_back_as_numbers_and_name_the_slots()
    {
        var data = _context.Data.LoadFromEnumerable(SyntheticSequences.Relabelled(96, i => 10.5f * i));
        var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.RnnClassifier(Learns))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Number", "PredictedLabel"))
            .Fit(data);

        var scored = model.Transform(data);

        var right = scored.GetColumn<float>("Number").Zip(data.GetColumn<float>("Label")).Count(pair => pair.First == pair.Second);
        Assert.InRange(right, 90, 96);
        Assert.Equal(["0", "10.5", "21"], scored.SlotNames());
    }

    [Fact]
    public void A_plain_key_declared_by_an_attribute_needs_no_mapping()
    {
        var rows = SyntheticSequences.Relabelled(96, i => (uint)i).Select(row => new KeyedSequence { Features = row.Features, Label = row.Label });
        var data = _context.Data.LoadFromEnumerable(rows.ToList());
        using var model = _context.Transforms.RnnClassifier(Learns).Fit(data);

        var scored = model.Transform(data);

        Assert.True(_context.MulticlassClassification.Evaluate(scored).MicroAccuracy > 0.95);
        Assert.Equal(new KeyDataViewType(typeof(uint), 5), scored.Schema["PredictedLabel"].Type);
        Assert.DoesNotContain(scored.Schema["PredictedLabel"].Annotations.Schema, column => column.Name == "KeyValues");
        Assert.False(scored.Schema["Score"].HasSlotNames());
    }

    [Fact]
    public void The_number_of_classes_is_that_of_the_key_type_not_of_the_labels_seen()
    {
        var onlyTwo = SyntheticSequences.Keyed(_context, SyntheticSequences.Rows(96).Where(row => row.Label != "green"));
        using var model = _context.Transforms.RnnClassifier(Learns).Fit(onlyTwo);

        var scored = model.Transform(onlyTwo);

        Assert.Equal(["blue", "green", "red"], scored.SlotNames());
        Assert.All(scored.Scores(), scores => Assert.Equal(3, scores.Length));
        Assert.Equal(onlyTwo.Keys("Label"), scored.Keys());
    }

    [Fact]
    public void Keys_of_any_width_train_the_same_weights()
    {
        DataKind[] kinds = [DataKind.Byte, DataKind.UInt16, DataKind.UInt32, DataKind.UInt64];

        Assert.Single(kinds.Select(Weights).Distinct());
    }

    [Fact]
    public void Rows_without_a_label_are_passed_over_and_counted_in_the_log()
    {
        var messages = new ConcurrentQueue<string>();
        _context.Log += (_, message) => messages.Enqueue(message.Message);
        var rows = SyntheticSequences.Rows(48).ToList();
        var gaps = rows.SelectMany((row, i) => i % 5 == 0 ? [new Sequence<string> { Features = row.Features, Label = "none" }, row] : new[] { row });

        using var model = _context.Transforms.RnnClassifier(SyntheticSequences.Options).Fit(SyntheticSequences.Keyed(_context, gaps));
        using var clean = _context.Transforms.RnnClassifier(SyntheticSequences.Options).Fit(SyntheticSequences.Keyed(_context, rows));

        Assert.Single(messages, message => message.Contains("Skipped 10 training rows whose label 'Label' is missing."));
        Assert.Equal(clean.WeightBits(), model.WeightBits());
    }

    private string Weights(DataKind kind)
    {
        var keyed = SyntheticSequences.Keyed(_context, 48);
        var data = _context.Transforms.Conversion.ConvertType("Label", outputKind: kind).Fit(keyed).Transform(keyed);
        Assert.Equal($"Key<{kind}, 0-2>", data.Schema["Label"].Type.ToString());
        using var model = _context.Transforms.RnnClassifier(SyntheticSequences.Options).Fit(data);
        return model.WeightBits();
    }

    private sealed class KeyedSequence
    {
        [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
        public float[] Features { get; set; } = [];

        [KeyType(5)]
        public uint Label { get; set; }
    }
}
