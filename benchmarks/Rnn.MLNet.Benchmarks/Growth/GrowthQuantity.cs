namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>A measured speed or time.</summary>
/// <param name="Name">The name in the rows.</param>
/// <param name="Title">The name in tables and pictures.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="MoreIsBetter">Whether larger values are better.</param>
/// <param name="Measure">Measures a model for about the given time.</param>
/// <param name="RowsPerSecond">Returns the rows per second that a value stands for.</param>
/// <param name="Passes">The operations for each row relative to a forward pass.</param>
internal sealed record GrowthQuantity(
    string Name, string Title, string Unit, bool MoreIsBetter, Func<GrowthModel, TimeSpan, double> Measure, Func<double, double> RowsPerSecond, int Passes)
{
    public static GrowthQuantity Fit { get; } =
        new("fit", "Fit", "rows/s", MoreIsBetter: true, (model, time) => model.Fit(time), speed => speed, MatrixProducts.TrainingFactor);

    public static GrowthQuantity Transform { get; } =
        new("transform", "Transform", "rows/s", MoreIsBetter: true, (model, time) => model.Transform(time), speed => speed, Passes: 1);

    public static GrowthQuantity Prediction { get; } =
        new("prediction", "PredictionEngine", "µs", MoreIsBetter: false, (model, time) => model.Prediction(time / 2), time => 1e6 / time, Passes: 1);

    public static IReadOnlyList<GrowthQuantity> All { get; } = [Fit, Transform, Prediction];

    /// <summary>The name of the rows with the arithmetic of the matrix products, whose ratio is the share of the multiply-add peak of all cores.</summary>
    public string Arithmetic => $"{Name}-arithmetic";

    /// <summary>Returns the arithmetic that a value stands for, in GFLOP/s.</summary>
    public double GigaFlops(double value, GrowthPoint point) => RowsPerSecond(value) * Passes * point.ForwardOperations / 1e9;
}
