using Rnn.MLNet.Benchmarks.Training;

namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>Measures all values of a dimension in turn, and in each round the multiply-add peak of the machine.</summary>
internal static class GrowthContest
{
    public const int Rounds = 3;
    public const double RoundSeconds = 0.5;

    /// <summary>The operations of a scoring pass of several seconds, for which one round is enough.</summary>
    private const double LongPass = 1e12;

    /// <summary>Runs the base for a second, to have the code compiled.</summary>
    public static void WarmUp()
    {
        using var model = new GrowthModel(GrowthPoint.Base);
        foreach (var quantity in GrowthQuantity.All)
        {
            quantity.Measure(model, TimeSpan.FromSeconds(1));
        }
    }

    public static Contest Create(GrowthDimension dimension)
    {
        var models = new Dictionary<int, GrowthModel>();
        var quantities = dimension.Quantities;
        return new Contest(
            dimension.Name,
            [
                .. quantities.SelectMany(quantity => new Metric[]
                {
                    new(quantity.Name, quantity.Unit, quantity.MoreIsBetter, GrowthDimension.Text(dimension.Baseline)),
                    new(quantity.Arithmetic, "GFLOP/s", MoreIsBetter: true, GemmContest.MultiplyAdd),
                }),
            ],
            [
                .. dimension.Values.Select(value => new Contender(GrowthDimension.Text(value), time => Measure(value, time))
                {
                    MaxRounds = dimension.At(value) is var point && point.Rows * point.ForwardOperations > LongPass ? 1 : int.MaxValue,
                }),
                new Contender(GemmContest.MultiplyAdd, MeasurePeak),
            ])
        {
            Rounds = Rounds,
            RoundTime = TimeSpan.FromSeconds(RoundSeconds),
            // All settings run the same code, so that WarmUp() is enough, and takes less time than a round.
            WarmUp = false,
            Prepare = () =>
            {
                foreach (var value in dimension.Values)
                {
                    models.Add(value, new GrowthModel(dimension.At(value)));
                }
            },
            CleanUp = () =>
            {
                foreach (var model in models.Values)
                {
                    model.Dispose();
                }
            },
        };

        double[] Measure(int value, TimeSpan time) =>
        [
            .. quantities.SelectMany(quantity =>
            {
                var measured = quantity.Measure(models[value], time);
                return new[] { measured, quantity.GigaFlops(measured, dimension.At(value)) };
            }),
        ];

        double[] MeasurePeak(TimeSpan time)
        {
            var peak = MultiplyAddPeak.Measure(time / 3);
            return [.. quantities.SelectMany(_ => new[] { double.NaN, peak })];
        }
    }
}
