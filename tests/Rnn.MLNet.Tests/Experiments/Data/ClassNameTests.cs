namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>A class has one name, and a key one meaning.</summary>
public sealed class ClassNameTests
{
    [Fact]
    public void Keys_that_stand_for_other_values_in_the_validation_set_are_refused()
    {
        var context = new MLContext(1);
        IDataView Keyed(IDataView data) => context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        var (train, validation) = (Keyed(Bar.View(60)), Keyed(Bar.View(60, seed: 5)));
        // Both have three classes, in the order of their first rows.
        Assert.Equal(train.Schema["Label"].Type, validation.Schema["Label"].Type);

        var error = Assert.Throws<ArgumentException>(() => SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(train, validation));
        Assert.Contains("'Label' stand for different values", error.Message, StringComparison.Ordinal);
        Assert.Contains($"expected 3 keys ({Names(train)}), found 3 keys ({Names(validation)})", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Vectors_of_keys_that_stand_for_other_values_are_refused()
    {
        var context = new MLContext(1);
        IDataView Words(string text)
        {
            var data = context.Data.LoadFromEnumerable(Bar.Rows(20, 1).Select(row => new Text { Label = row.Label, Words = text }).ToArray());
            return context.Transforms.Text.TokenizeIntoWords("Words").Append(context.Transforms.Conversion.MapValueToKey("Words")).Fit(data).Transform(data);
        }

        var error = Assert.Throws<ArgumentException>(() => SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(Words("one two"), Words("two one")));
        Assert.Contains("'Words' stand for different values in the validation set than in the training data: expected 2 keys (one, two), found 2 keys (two, one)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_another_number_are_refused_by_name()
    {
        var context = new MLContext(1);
        IDataView Keyed(IEnumerable<Bar> rows)
        {
            var data = context.Data.LoadFromEnumerable(rows.ToArray());
            return context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        }

        var error = Assert.Throws<ArgumentException>(() => SmallExperiments.Create().Add("linear", SmallExperiments.Linear)
            .Execute(Keyed(Bar.Rows(60, 1)), Keyed(Bar.Rows(60, 2).Where(row => row.Label != "top"))));
        Assert.Contains("expected 3 keys", error.Message, StringComparison.Ordinal);
        Assert.Contains("found 2 keys", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_are_named_by_their_values_whatever_their_type()
    {
        Check<sbyte>(-60, -10, 5);
        Check<short>(-600, -100, 5);
        Check<ushort>(7, 60_000, 61_000);
        Check<ulong>(7, ulong.MaxValue - 1, ulong.MaxValue - 2);
        Check<float>(-1.5f, 0, 2.25f);
        Check(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Unspecified), new DateTime(2026, 1, 3, 0, 0, 0, DateTimeKind.Unspecified), new DateTime(2027, 1, 2, 0, 0, 0, DateTimeKind.Unspecified));
        Check(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 2, 0, 0, 0, TimeSpan.Zero));
        Check(TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3));
        Check(true, false, false);
    }

    private static void Check<T>(T top, T middle, T bottom)
    {
        var data = new MLContext().Data.LoadFromEnumerable(Bar.Rows(60, 1)
            .Select(row => new Labelled<T> { Features = row.Features, Label = row.Label switch { "top" => top, "middle" => middle, _ => bottom } }).ToArray());
        var run = SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(data).RunDetails[0];

        Assert.True(run.ValidationMetrics is not null, $"{typeof(T)}: {run.Exception?.Message}");
        string Name(T value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
        Assert.Equal(new[] { top, middle, bottom }.Distinct().Select(Name).Order(), run.ValidationMetrics.Classes.Order());
    }

    private static string Names(IDataView data)
    {
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        data.Schema["Label"].GetKeyValues(ref values);
        return string.Join(", ", values.DenseValues());
    }

    private sealed class Text
    {
        public string Label { get; set; } = "";

        public string Words { get; set; } = "";
    }

    private sealed class Labelled<T>
    {
        [VectorType(Bar.Steps * Bar.Width)]
        public float[] Features { get; set; } = [];

        public T Label { get; set; } = default!;
    }
}
