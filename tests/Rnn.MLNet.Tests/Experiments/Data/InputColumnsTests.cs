namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>Which columns of a validation set fit those of the training data, and which columns can be held.</summary>
public sealed class InputColumnsTests
{
    private static readonly (string, DataViewType)[] Train = [("Label", TextDataViewType.Instance), ("Features", new VectorDataViewType(NumberDataViewType.Single, 4))];

    [Fact]
    public void More_columns_in_another_order_fit() =>
        InputColumns.CheckSame(Schema(Train), Schema([("More", NumberDataViewType.Int32), .. Train.AsEnumerable().Reverse()]));

    [Fact]
    public void A_column_that_is_hidden_need_not_be_there() =>
        InputColumns.CheckSame(Schema([("Label", NumberDataViewType.Single), .. Train]), Schema(Train));

    [Fact]
    public void One_that_is_missing_or_of_another_type_is_named()
    {
        Assert.Contains("The validation set has no column 'Features' (Vector<Single, 4>), which the training data has.", Error(Train[..1]), StringComparison.Ordinal);
        Assert.Contains(
            "The column 'Features' of the validation set must be of type Vector<Single, 4>, as in the training data; it is Vector<Single, 5>.",
            Error([Train[0], ("Features", new VectorDataViewType(NumberDataViewType.Single, 5))]), StringComparison.Ordinal);
        Assert.Contains("'Label' of the validation set must be of type String", Error([("Label", new KeyDataViewType(typeof(uint), 3)), Train[1]]), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_as_many_values_fit_and_of_others_do_not()
    {
        var (three, four) = (new KeyDataViewType(typeof(uint), 3), new KeyDataViewType(typeof(uint), 4));
        InputColumns.CheckSame(Schema(("Label", three)), Schema(("Label", three)));
        Assert.Contains("The keys of the column 'Label' stand for different values", Assert.Throws<ArgumentException>(() => InputColumns.CheckSame(Schema(("Label", three)), Schema(("Label", four)))).Message, StringComparison.Ordinal);
        Assert.Contains("must be of type", Assert.Throws<ArgumentException>(() => InputColumns.CheckSame(Schema(("Label", three)), Schema(("Label", new VectorDataViewType(three, 2))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_has_a_name_that_is_there()
    {
        InputColumns.CheckLabel(Schema(Train), "Label");
        Assert.Contains("no label column 'Digit'; its columns are 'Label', 'Features'.", Assert.Throws<ArgumentException>(() => InputColumns.CheckLabel(Schema([Train[0], .. Train]), "Digit")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => InputColumns.CheckLabel(Schema(Train), ""));
        Assert.Throws<ArgumentNullException>(() => InputColumns.CheckLabel(Schema(Train), null!));
    }

    [Fact]
    public void Numbers_texts_keys_and_vectors_of_them_can_be_held()
    {
        Assert.True(HeldRows.CanHold(Schema(Train)));
        Assert.False(HeldRows.CanHold(Schema([.. Train, ("Picture", new Other())])));
        // One that another column hides is not read.
        Assert.True(HeldRows.CanHold(Schema([("Label", new Other()), .. Train])));
    }

    [Fact]
    public void Work_on_a_thread_of_its_own_gives_its_value_or_its_exception()
    {
        Assert.Equal("value", OwnThread.Run("name", () => "value", CancellationToken.None));
        Assert.Equal("name", OwnThread.Run("name", () => Thread.CurrentThread.Name!, CancellationToken.None));
        Assert.Equal("True", OwnThread.Run("name", () => $"{Thread.CurrentThread.IsBackground}", CancellationToken.None));
        Assert.Equal("it broke", Assert.Throws<IOException>(() => OwnThread.Run<string>("name", () => throw new IOException("it broke"), CancellationToken.None)).Message);
        using var stop = new CancellationTokenSource();
        // What ends well in spite of the end counts; what throws then does not.
        Assert.Equal("late", OwnThread.Run("name", () =>
        {
            stop.Cancel();
            return "late";
        }, stop.Token));
        Assert.Equal("later", OwnThread.Run("name", () =>
        {
            Thread.Sleep(100);
            return "later";
        }, stop.Token));
        Assert.Null(OwnThread.Run<string>("name", () => throw new OperationCanceledException(), stop.Token));
        using var later = new CancellationTokenSource();
        Assert.Null(OwnThread.Run<string>("name", () =>
        {
            Thread.Sleep(50);
            later.Cancel();
            throw new OperationCanceledException();
        }, later.Token));
    }

    private static string Error((string, DataViewType)[] validation) =>
        Assert.Throws<ArgumentException>(() => InputColumns.CheckSame(Schema(Train), Schema(validation))).Message;

    private static DataViewSchema Schema(params (string Name, DataViewType Type)[] columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var (name, type) in columns)
        {
            builder.AddColumn(name, type);
        }

        return builder.ToSchema();
    }

    private sealed class Other() : StructuredDataViewType(typeof(object))
    {
        public override bool Equals(DataViewType? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => 1;
    }
}
