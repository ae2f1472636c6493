using Rnn.MLNet.Tests.Scoring;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>
/// ML.NET passes an array on as long as it is, whatever the column's type says. A row whose vector is shorter or longer is refused
/// on every path; the error names the column, the row, and both lengths.
/// </summary>
public sealed class VectorLengthTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const int Row = 7;

    private readonly MLContext _context = trained.Context;

    public static TheoryData<float[]?, int> Wrong => new()
    {
        { null, 0 },
        { [], 0 },
        { [1, 2, 3], 3 },
        { new float[11], 11 },
        { new float[13], 13 },
        { new float[24], 24 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void In_training(float[]? features, int length)
    {
        AssertNamed(() => Fit(Rows(features), SyntheticSequences.Options), "training data", length);
        AssertNamed(() => Fit(Rows(features), SyntheticSequences.Options with { CacheRows = CacheRows.None }), "training data", length);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void In_training_on_double(float[]? features, int length)
    {
        AssertNamed(() => Fit(Doubles(features), SyntheticSequences.Options), "training data", length);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void In_validation(float[]? features, int length)
    {
        AssertNamed(
            () => Fit(SyntheticSequences.Keyed(_context, 12), SyntheticSequences.Options with { ValidationSet = Rows(features) }), "validation data", length);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void In_a_view(float[]? features, int length)
    {
        foreach (var data in new[] { Rows(features), Doubles(features) })
        {
            var scored = trained.Model.Transform(data);
            AssertNamed(() => scored.Scores(), "data", length);
            AssertNamed(() => _context.MulticlassClassification.Evaluate(scored), "data", length);
            // The rows before are as they should be.
            Assert.Equal(Row, _context.Data.TakeRows(scored, Row).Scores().Length);
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void In_an_engine(float[]? features, int length)
    {
        var engine = _context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(trained.Model);
        var right = SyntheticSequences.Rows(1).Single();
        var expected = engine.Predict(right).Score;

        // An engine's rows have no number.
        for (var time = 0; time < 2; time++)
        {
            Assert.Contains(
                $"'Features' of the data must hold 12 values in every row, as its type says; row ",
                Assert.Throws<InvalidOperationException>(() => engine.Predict(new Sequence<string> { Features = features! })).Message);
        }

        Assert.Equal(expected, engine.Predict(right).Score);
        Assert.Contains($"holds {length}.", Assert.Throws<InvalidOperationException>(() => engine.Predict(new Sequence<string> { Features = features! })).Message);
    }

    [Fact]
    public void In_cross_validation()
    {
        Assert.Contains("must hold 12 values in every row", Assert.ThrowsAny<Exception>(() => _context.MulticlassClassification.CrossValidate(
            Rows([1, 2, 3]), _context.Transforms.RnnClassifier(SyntheticSequences.Options), numberOfFolds: 2)).GetBaseException().Message);
    }

    [Fact]
    public void Sparse_vectors_are_dense_with_zeros()
    {
        // The rows before leave no trace in the gaps.
        VBuffer<float>[] sparse = [Full(5), new(12, 1, [1f], [3]), Full(5), new(12, 0, [], []), new(12, 2, [1f, 2f], [0, 11])];
        float[][] dense = [.. sparse.Select(vector => vector.DenseValues().ToArray())];

        Assert.Equal(
            trained.Model.Transform(SyntheticSequences.Keyed(_context, dense.Select(values => new Sequence<string> { Features = values }))).Scores(),
            trained.Model.Transform(Vectors(sparse, NumberDataViewType.Single)).Scores());
        Assert.Equal(
            trained.Model.Transform(Vectors(sparse, NumberDataViewType.Single)).Scores(),
            trained.Model.Transform(Vectors(
                [.. sparse.Select(vector => new VBuffer<double>(12, [.. vector.DenseValues().Select(value => (double)value)]))], NumberDataViewType.Double)).Scores());

        static VBuffer<float> Full(float value) => new(12, [.. Enumerable.Repeat(value, 12)]);
    }

    [Fact]
    public void Doubles_beyond_Single_are_named_in_training_and_missing_in_scoring()
    {
        var values = new double[12];
        values[4] = 1e300;

        var message = Assert.Throws<InvalidOperationException>(() => Fit(Labelled(values), SyntheticSequences.Options)).Message;
        var score = trained.Model.Transform(Labelled(values)).Scores()[0];

        Assert.Contains("row 0 (counted from 0) holds 1E+300 in place 4, which is beyond the range of Single", message);
        Assert.All(score, value => Assert.True(float.IsNaN(value)));
        values[4] = double.NaN;
        Assert.Contains("holds NaN in place 4. Set MissingValues", Assert.Throws<InvalidOperationException>(() => Fit(Labelled(values), SyntheticSequences.Options)).Message);
    }

    private void AssertNamed(Action action, string data, int length) => Assert.Equal(
        $"The feature column 'Features' of the {data} must hold 12 values in every row, as its type says; row {Row} (counted from 0) holds {length}.",
        Assert.ThrowsAny<Exception>(action).GetBaseException().Message);

    private void Fit(IDataView data, RnnClassifierOptions options) => _context.Transforms.RnnClassifier(options).Fit(data).Dispose();

    private IDataView Rows(float[]? features)
    {
        var rows = SyntheticSequences.Rows(12).ToList();
        rows[Row].Features = features!;
        return SyntheticSequences.Keyed(_context, rows);
    }

    private IDataView Doubles(float[]? features)
    {
        var rows = SyntheticSequences.Rows(12).Select(row => new Wide { Values = [.. row.Features.Select(value => (double)value)], Label = row.Label }).ToList();
        rows[Row].Values = features is null ? null! : [.. features.Select(value => (double)value)];
        return Keyed(rows);
    }

    private IDataView Labelled(double[] values) => Keyed([new Wide { Values = values, Label = "red" }, new Wide { Values = new double[12], Label = "blue" }]);

    private IDataView Keyed(List<Wide> rows) => _context.Transforms.Conversion.MapValueToKey("Label").Fit(SyntheticSequences.Text(_context, 3))
        .Transform(_context.Data.LoadFromEnumerable(rows));

    private IDataView Vectors<T>(VBuffer<T>[] vectors, PrimitiveDataViewType item)
    {
        var definition = SchemaDefinition.Create(typeof(Buffered<T>));
        definition["Features"].ColumnType = new VectorDataViewType(item, 12);
        return _context.Data.LoadFromEnumerable(vectors.Select(vector => new Buffered<T> { Features = vector }).ToList(), definition);
    }

    private sealed class Wide
    {
        [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
        [ColumnName("Features")]
        public double[] Values { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class Buffered<T>
    {
        public VBuffer<T> Features { get; set; }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
