namespace Rnn.MLNet.Tests.Training;

/// <summary>No model has a weight that is not a finite number, and what is on its way there is named.</summary>
public sealed class FiniteWeightTests
{
    private static readonly RnnClassifierOptions Wild = SyntheticSequences.Options with
    {
        Optimizer = OptimizerKind.Sgd,
        LearningRateSchedule = LearningRateSchedule.Constant,
        GradientClipNorm = null,
        Epochs = 1,
    };

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<RnnClassifierOptions> Unbounded =>
    [
        Wild with { Cell = new BasicLstmCell(2) { ForgetBias = 1e300 } },
        Wild with { Cell = new BasicLstmCell(2) { ForgetBias = -1e7 } },
        Wild with { Cell = new LstmCell(2) { ForgetBias = 1e39 } },
        Wild with { Cell = new LstmCell(2) { CellClip = 1e-300 } },
        Wild with { Cell = new LayerNormBasicLstmCell(2) { NormGain = 1e300 } },
        Wild with { Cell = new LayerNormBasicLstmCell(2) { NormShift = 1e39 } },
        Wild with { Cell = new LayerNormBasicLstmCell(2) { DropoutKeepProb = 1e-40 } },
        Wild with { Cell = new LayerNormBasicLstmCell(1) },
        Wild with { LearningRate = 1e-60 },
        Wild with { LearningRate = 1e60 },
        Wild with { WeightDecay = 1e300 },
        Wild with { GradientClipNorm = 1e-300 },
    ];

    [Theory]
    [MemberData(nameof(Unbounded))]
    public void Options_that_could_make_one_are_refused(RnnClassifierOptions options)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.RnnClassifier(options));

        Assert.Matches("must be (from -?1e|at most 1e6|at least 1e-6|at least 2)", error.Message);
    }

    [Fact]
    public void The_last_step_is_checked_too()
    {
        var error = Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(Wild with { LearningRate = 3e38, Optimizer = OptimizerKind.Adam, WeightDecay = 100, MaxSteps = 1 }));

        Assert.Contains("diverged at step 1 (epoch 1)", error.Message);
        Assert.Contains("weights", error.Message);
    }

    [Fact]
    public void A_loss_that_grew_without_end_is_warned_of_once()
    {
        var warned = new ConcurrentQueue<string>();
        _context.Log += (_, line) => warned.Enqueue(line.Message);

        using var model = _context.Transforms.RnnClassifier(Wild with { LearningRate = 1e6, Epochs = 3 }).Fit(SyntheticSequences.Keyed(_context, 96));

        Assert.True(model.History.Epochs.Max(epoch => epoch.Loss) > 1000);
        Assert.Single(warned, line => line.Contains("The loss grew to ") && line.Contains("far above that of guessing"));
    }
}
