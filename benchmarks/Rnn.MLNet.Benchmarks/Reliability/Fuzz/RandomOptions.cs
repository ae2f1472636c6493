namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>Draws random options that a user could set.</summary>
internal static class RandomOptions
{
    public static RnnClassifierOptions Draw(Random random, RandomData data)
    {
        var validation = random.Next(3) == 0 ? 0.3 : 0;
        return new RnnClassifierOptions
        {
            TimeSteps = random.Next(2) == 0 ? null : data.TimeSteps,
            ExampleWeightColumnName = random.Next(2) == 0 ? null : "Weight",
            Cell = Cell(random, random.Next(1, 7)),
            Layers = random.Next(1, 3),
            Bidirectional = random.Next(2) == 0,
            Dropout = random.Next(3) == 0 ? 0.3 : 0,
            ReadOut = Any<ReadOut>(random),
            OutputInitializer = Any<WeightInitializer>(random),
            Optimizer = Any<OptimizerKind>(random),
            // No rates that lead to huge weights: such a network amplifies rounding errors, so the scores of two libraries would differ by more than
            // the tolerance.
            LearningRate = Any<double?>(random, null, null, 1e-4, 0.1),
            LearningRateSchedule = Any<LearningRateSchedule>(random),
            WeightDecay = Any(random, 0, 0, 0.01, 1e3),
            GradientClipNorm = Any<double?>(random, 1, null, 1e-6, 1e9),
            BatchSize = Any(random, 1, 3, 8, 128, int.MaxValue),
            Epochs = random.Next(1, 4),
            MaxSteps = Any<long?>(random, null, null, 1, 3),
            ValidationFraction = validation,
            EarlyStoppingPatience = validation > 0 && random.Next(2) == 0 ? 1 : null,
            Seed = random.Next(),
            Precision = Any(random, RnnPrecision.Auto, RnnPrecision.Float32, RnnPrecision.BFloat16),
            Threads = Any<int?>(random, 1, 2, null),
            Shards = Any<int?>(random, null, 1, 3),
            CacheRows = Any<CacheRows>(random),
        };
    }

    private static RnnCell Cell(Random random, int units) => random.Next(7) switch
    {
        0 => new BasicRnnCell(units) { Activation = Any<RnnActivation>(random) },
        1 => new BasicLstmCell(units) { ForgetBias = Any(random, 1, 0, -5, 10) },
        2 => new GruCell(units),
        3 => new GruCell(units) { ResetAfter = false },
        4 => new LstmCell(units) { UsePeepholes = random.Next(2) == 0, CellClip = Any<double?>(random, null, 0.5) },
        5 => new LstmCell(units) { ProjectionSize = random.Next(1, units + 1), ProjectionClip = Any<double?>(random, null, 0.5) },
        _ => new LayerNormBasicLstmCell(units) { LayerNorm = random.Next(4) > 0, DropoutKeepProb = Any(random, 1, 0.8) },
    };

    private static T Any<T>(Random random)
        where T : struct, Enum => Any(random, Enum.GetValues<T>());

    private static T Any<T>(Random random, params ReadOnlySpan<T> values) => values[random.Next(values.Length)];
}
