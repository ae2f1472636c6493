using CsCheck;
using Rnn.MLNet.Tests.EstimatorContract;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>What is read out of a column's type: the shape, what speaks against it, and how an error says the type.</summary>
public sealed class SequenceShapeTests
{
    [Theory]
    [InlineData(true, 3, 4, 4)]
    [InlineData(true, 4, 5, 5)]
    [InlineData(true, 1, 2, 2)]
    [InlineData(true, 3, 4, 4, 2)]
    [InlineData(false, 3, 3, 5)]
    [InlineData(false, 3, 5, 3)]
    [InlineData(false, 2, 8, 8)]
    [InlineData(false, 5, 8, 8)]
    [InlineData(false, 3, 28)]
    [InlineData(false, 8, 8, 3)]
    public void An_image_with_its_colours_first_is_doubted(bool doubted, params int[] dimensions)
    {
        var column = Column(new VectorDataViewType(NumberDataViewType.Single, dimensions));

        var doubt = SequenceShape.Of(column, null).Doubt(column);

        Assert.Equal(doubted, doubt is not null);
        Assert.Equal(doubted, doubt?.Contains($"put the colours last, [{dimensions[1]}, {dimensions[2]}, {dimensions[0]}]", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void The_steps_times_the_features_are_the_values_and_the_steps_as_given() =>
        Gen.Select(Gen.Int[1, 9].Array[1, 4], Gen.Int[1, 9], Gen.Bool).Sample((dimensions, steps, given) =>
        {
            var column = Column(new VectorDataViewType(NumberDataViewType.Double, dimensions));
            var length = dimensions.Aggregate(1, (product, size) => product * size);
            int? timeSteps = given ? steps : null;
            if (given ? length % steps != 0 : dimensions.Length == 1)
            {
                Assert.Throws<ArgumentException>(() => SequenceShape.Of(column, timeSteps));
                return;
            }

            var shape = SequenceShape.Of(column, timeSteps);
            Assert.Equal((given ? steps : dimensions[0], length), (shape.TimeSteps, shape.Length));
            Assert.Equal(length, shape.TimeSteps * shape.Features);
        });

    [Fact]
    public void A_shape_is_said_in_words()
    {
        Assert.Equal("1 step of 1 feature", new SequenceShape(1, 1).ToString());
        Assert.Equal("2 steps of 3 features", new SequenceShape(2, 3).ToString());
    }

    [Fact]
    public void Before_the_fit_a_type_is_said_by_kind_and_item()
    {
        (DataViewType Type, string Before, string InFit)[] types =
        [
            (NumberDataViewType.Single, "Single", "Single"),
            (TextDataViewType.Instance, "String", "String"),
            (new KeyDataViewType(typeof(uint), 3), "Key of UInt32", "Key<UInt32, 0-2>"),
            (new VectorDataViewType(NumberDataViewType.Int32, 2), "Vector of Int32", "Vector<Int32, 2>"),
            (new VectorDataViewType(NumberDataViewType.Single), "VariableVector of Single", "Vector<Single>"),
            (new VectorDataViewType(new KeyDataViewType(typeof(byte), 3), 2), "Vector of Key of Byte", "Vector<Key<Byte, 0-2>, 2>"),
        ];
        foreach (var (type, before, inFit) in types)
        {
            var view = EmptyView.Of(("Features", type));
            ColumnDescription[] both = [ColumnDescription.Of(SchemaShapeProbe.Of(view).Single()), ColumnDescription.Of(view.Schema["Features"])];

            Assert.Equal([before, inFit], both.Select(column => column.Type.Replace("*", "", StringComparison.Ordinal).Replace(", >", ">", StringComparison.Ordinal)));
            Assert.Single(both.Select(column => (column.Name, column.IsKey, column.IsVector, column.IsKnownSize, column.IsNumber, column.IsReal)).Distinct());
        }
    }

    [Fact]
    public void A_missing_column_is_named_with_those_that_can_be_seen()
    {
        var context = new MLContext(seed: 1);
        // The text that the keys were made of is there too, hidden.
        var data = SyntheticSequences.Keyed(context, 6);

        var error = Assert.Throws<ArgumentException>(() => Classification.ColumnsOf(data.Schema, label: "Colour"));

        Assert.StartsWith("The label column 'Colour' is not in the data, which has ", error.Message);
        Assert.Equal(["Features", "Label", "Weight"], error.Message.Split('\'').Where((_, i) => i % 2 == 1).Skip(1).Order());
    }

    [Fact]
    public void Without_a_weight_column_each_row_weighs_1()
    {
        var data = NumberedRows.View(5, i => 7);
        var columns = Classification.ColumnsOf(data.Schema, timeSteps: 2);

        foreach (var budget in (long[])[0, long.MaxValue])
        {
            var (rows, _) = new SequenceReader(data, columns, "training").Read(budget, ValidationSplit.None, TestContext.Current.CancellationToken);
            Assert.Equal(1, rows.MeanWeight);
            Assert.Equal(1, rows.InOrder(5, TestContext.Current.CancellationToken).Single().Set.Weight(4));
        }
    }

    private static DataViewSchema.Column Column(DataViewType type) => EmptyView.Of(("Features", type)).Schema["Features"];
}
