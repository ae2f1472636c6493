using Microsoft.ML.Trainers;

namespace Rnn.MLNet.Tests.Windows;

/// <summary>
/// The windows of a group stay on one side of a split by its column. Each machine here has features of its own, which say nothing about its label, a
/// coin toss: a model that knows other windows of the machine is right, one that does not can only guess.
/// </summary>
public sealed class GroupedSplitTests
{
    private const int Machines = 30;
    private const int Size = 40;

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Cross_validation_by_the_group_does_not_leak()
    {
        var windows = _context.Data.CreateSequences(Log(), Options);
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label").Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options { MaximumNumberOfIterations = 40, NumberOfThreads = 1 }));

        double Accuracy(string? samplingKey) => _context.MulticlassClassification
            .CrossValidate(windows, pipeline, numberOfFolds: 3, samplingKeyColumnName: samplingKey).Average(fold => fold.Metrics.MicroAccuracy);

        Assert.InRange(Accuracy(null), 0.99, 1);
        Assert.InRange(Accuracy("Machine"), 0.35, 0.65);
    }

    [Theory]
    [InlineData("Machine")]
    [InlineData("MachineKey")]
    [InlineData("Number")]
    public void A_split_by_the_group_keeps_groups_together(string group)
    {
        var log = Log();
        log = _context.Transforms.Conversion.MapValueToKey("MachineKey", "Machine").Fit(log).Transform(log);
        var windows = _context.Data.CreateSequences(log, Options with { GroupBy = group });

        Assert.NotEmpty(Shared(_context.Data.TrainTestSplit(windows, testFraction: 0.3)));
        Assert.Empty(Shared(_context.Data.TrainTestSplit(windows, testFraction: 0.3, samplingKeyColumnName: group)));

        IEnumerable<string> Shared(DataOperationsCatalog.TrainTestData split)
        {
            var (training, test) = (Groups(split.TrainSet), Groups(split.TestSet));
            Assert.All([training, test], Assert.NotEmpty);
            Assert.Equal(Machines, training.Union(test).Count());
            return training.Intersect(test);
        }

        HashSet<string> Groups(IDataView view) => [.. WindowText.Of(_context.Transforms.CopyColumns("Machine", group).Fit(view).Transform(view)).Select(text => text.Split('@')[0])];
    }

    private static SequenceOptions Options => new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Signature"], Length = 2, Label = SequenceLabel.Last("Faulty") };

    /// <summary>Ten rows of each machine, in the order of time: the machines are interleaved.</summary>
    private IDataView Log()
    {
        var random = new Random(5);
        var signatures = Enumerable.Range(0, Machines).Select(_ => Enumerable.Range(0, Size).Select(_ => random.NextSingle() - 0.5f).ToArray()).ToArray();
        var faulty = Enumerable.Range(0, Machines).Select(machine => machine % 2 == 0).ToArray();
        random.Shuffle(faulty);
        return _context.Data.LoadFromEnumerable((
            from time in Enumerable.Range(0, 10)
            from machine in Enumerable.Range(0, Machines)
            select new SignedRow
            {
                Machine = $"machine {machine}",
                Number = machine,
                Time = time,
                Signature = [.. signatures[machine].Select(value => value + 0.05f * random.NextSingle())],
                Faulty = faulty[machine],
            }).ToList());
    }

    private sealed class SignedRow
    {
        public string Machine { get; set; } = "";

        public int Number { get; set; }

        public int Time { get; set; }

        [VectorType(Size)]
        public float[] Signature { get; set; } = [];

        public bool Faulty { get; set; }
    }
}
