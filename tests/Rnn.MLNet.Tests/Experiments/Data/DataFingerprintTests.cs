namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>Which data have the same fingerprint: those with the same columns and values, however these are kept.</summary>
public sealed class DataFingerprintTests
{
    [Fact]
    public void Sparse_and_dense_vectors_of_the_same_values_are_the_same()
    {
        var dense = Of(new VBuffer<float>(4, [0, 7, 0, 8]));
        Assert.Equal(dense, Of(new VBuffer<float>(4, 2, [7, 8], [1, 3])));
        // Zeros may be written in a sparse one, and room be left.
        Assert.Equal(dense, Of(new VBuffer<float>(4, 3, [7, 0, 8, 99], [1, 2, 3, 99])));
        Assert.Equal(Of(new VBuffer<float>(4, [0, 0, 0, 0])), Of(new VBuffer<float>(4, 0, [], [])));
    }

    [Fact]
    public void Values_places_and_lengths_of_vectors_count()
    {
        string[] different =
        [
            Of(new VBuffer<float>(4, [0, 7, 0, 8])),
            Of(new VBuffer<float>(4, [0, 7, 0, 9])),
            Of(new VBuffer<float>(4, [7, 0, 0, 8])),
            Of(new VBuffer<float>(4, 2, [7, 8], [2, 3])),
            Of(new VBuffer<float>(5, [0, 7, 0, 8, 0])),
            Of(new VBuffer<float>(3, [0, 7, 0])),
            Of(new VBuffer<float>(4, [0, 8, 0, 7])),
            Of(new VBuffer<float>(0, [])),
            Of(new VBuffer<double>(4, [0, 7, 0, 8])),
        ];
        Assert.Equal(different.Length, different.Distinct().Count());
    }

    [Fact]
    public void Texts_are_distinguished_where_they_end()
    {
        string[] different = [Of(new[] { "a", "bc" }), Of(new[] { "ab", "c" }), Of(new[] { "abc" }), Of(new[] { "abc", "" }), Of(new[] { "", "abc" })];
        Assert.Equal(different.Length, different.Distinct().Count());
        Assert.NotEqual(Of("a", "bc"), Of("ab", "c"));
        Assert.Equal(Of("a", "bc"), Of("a", "bc"));
    }

    [Fact]
    public void Values_that_are_alike_in_part_are_distinguished()
    {
        var day = new DateTime(2026, 1, 2, 3, 0, 0, DateTimeKind.Unspecified);
        Assert.Equal(Of(new DateTimeOffset(day, TimeSpan.Zero)), Of(new DateTimeOffset(day, TimeSpan.Zero)));
        Assert.NotEqual(Of(new DateTimeOffset(day, TimeSpan.Zero)), Of(new DateTimeOffset(day, TimeSpan.FromHours(1))));
        Assert.NotEqual(Of(new DateTimeOffset(day, TimeSpan.Zero)), Of(new DateTimeOffset(day.AddTicks(1), TimeSpan.Zero)));
        // The same moment in another zone is another value.
        Assert.NotEqual(Of(new DateTimeOffset(day, TimeSpan.Zero)), Of(new DateTimeOffset(day.AddHours(1), TimeSpan.FromHours(1))));
        Assert.NotEqual(Of(1f), Of(1d));
        Assert.NotEqual(Of(1), Of(2));
    }

    [Fact]
    public void The_order_and_the_number_of_rows_and_the_names_of_columns_count()
    {
        Assert.NotEqual(Of("one", "two"), Of("two", "one"));
        Assert.NotEqual(Of("one"), Of("one", "one"));
        var context = new MLContext(1);
        var view = View("one");
        var renamed = context.Transforms.CopyColumns("Other", "Value").Append(context.Transforms.DropColumns("Value")).Fit(view).Transform(view);
        Assert.NotEqual(Of("", [], view), Of("", [], renamed));
        // Two sets are not one that has the rows of both.
        Assert.NotEqual(Of("", [], View("one", "two")), Of("", [], View("one"), View("two")));
        Assert.NotEqual(Of("", [], View<string>()), Of("", []));
    }

    [Fact]
    public void A_column_that_another_one_hides_does_not_count()
    {
        var context = new MLContext(1);
        IDataView Hidden(string value) => context.Transforms.CopyColumns("Value", "Same").Fit(Two(value)).Transform(Two(value));
        Assert.NotEqual(Of("", [], Two("one")), Of("", [], Two("two")));
        Assert.Equal(Of("", [], Hidden("one")), Of("", [], Hidden("two")));
    }

    [Fact]
    public void The_split_and_the_classes_count()
    {
        Assert.NotEqual(Of("2 folds", [], View("one")), Of("3 folds", [], View("one")));
        Assert.NotEqual(Of("", ["a", "b"], View("one")), Of("", ["b", "a"], View("one")));
        Assert.NotEqual(Of("", ["a", "bc"], View("one")), Of("", ["ab", "c"], View("one")));
        Assert.Equal(Of("2 folds", ["a"], View("one")), Of("2 folds", ["a"], View("one")));
    }

    [Fact]
    public void The_culture_does_not_count()
    {
        var culture = CultureInfo.CurrentCulture;
        var before = Of(new VBuffer<float>(2, [1, -2]));
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = other;
        try
        {
            Assert.Equal(before, Of(new VBuffer<float>(2, [1, -2])));
            Assert.Same(other, CultureInfo.CurrentCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Reading_ends_with_the_token()
    {
        using var digest = new DataFingerprint("");
        Assert.Throws<OperationCanceledException>(() => digest.Add(View("one"), new CancellationToken(canceled: true)));
    }

    private static string Of<T>(params T[] values) => Of("", [], View(values));

    private static string Of(string split, string[] classes, params IDataView[] views)
    {
        using var digest = new DataFingerprint(split);
        Array.ForEach(views, view => digest.Add(view, TestContext.Current.CancellationToken));
        return digest.Of(classes);
    }

    private static IDataView View<T>(params T[] values) => new MLContext(1).Data.LoadFromEnumerable(values.Select(value => new Row<T> { Value = value }).ToArray());

    private static IDataView Two(string value) => new MLContext(1).Data.LoadFromEnumerable([new Pair { Value = value, Same = "same" }]);

    private sealed class Row<T>
    {
        public T Value { get; set; } = default!;
    }

    private sealed class Pair
    {
        public string Value { get; set; } = "";

        public string Same { get; set; } = "";
    }
}
