namespace Rnn.MLNet.Tests.Training;

/// <summary>Files and messages have the same numbers where the decimal separator is a comma.</summary>
public sealed class CultureTests : IDisposable
{
    private static readonly CultureInfo Comma = WithComma();

    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with
    {
        Cell = new BasicLstmCell(6) { ForgetBias = 0.5 },
        Dropout = 0.25,
        Epochs = 3,
        Seed = -7,
    };

    private readonly CultureInfo _before = CultureInfo.CurrentCulture;
    private readonly TemporaryFile _file = new(".file");

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _before;
        _file.Dispose();
    }

    [Fact]
    public void A_checkpoint_is_resumed_in_another_culture()
    {
        using var expected = SyntheticSequences.Fit(Options);
        using var source = new CancellationTokenSource();
        var interrupted = Options with
        {
            CheckpointPath = _file.Path,
            CancellationToken = source.Token,
            Progress = new Listener(report =>
            {
                if (report.Epoch == 3)
                {
                    source.Cancel();
                }
            }),
        };
        CultureInfo.CurrentCulture = Comma;
        Assert.ThrowsAny<OperationCanceledException>(() => SyntheticSequences.Fit(interrupted));

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        using var resumed = SyntheticSequences.Fit(Options with { CheckpointPath = _file.Path });

        Assert.Equal(expected.WeightBits(), resumed.WeightBits());
    }

    [Fact]
    public void An_exported_network_is_the_same()
    {
        using var model = SyntheticSequences.Fit(Options with { MaxSteps = 1 });
        byte[] Export()
        {
            model.ExportOnnx(_file.Path);
            return File.ReadAllBytes(_file.Path);
        }

        var expected = Export();
        CultureInfo.CurrentCulture = Comma;

        Assert.Equal(expected, Export());
    }

    [Fact]
    public void Messages_have_the_same_numbers()
    {
        CultureInfo.CurrentCulture = Comma;
        var context = new MLContext(seed: 1);
        var options = Options with
        {
            LearningRate = 1.5e38,
            GradientClipNorm = null,
            Epochs = 10,
            Optimizer = OptimizerKind.Sgd,
            LearningRateSchedule = LearningRateSchedule.Constant,
        };
        var weighted = SyntheticSequences.Keyed(context, 30);
        var negative = context.Transforms.CustomMapping<Unweighted, Weighted>((_, row) => row.Weight = -0.5f, contractName: null).Fit(weighted).Transform(weighted);

        Assert.Contains("LearningRate (it is 1.5E+38)", Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(options)).Message);
        Assert.Contains("holds -0.5.", Assert.Throws<InvalidOperationException>(
            () => context.Transforms.RnnClassifier(Options with { ExampleWeightColumnName = "Weight" }).Fit(negative)).Message);
        Assert.Contains("ValidationFraction 0.001 of", Assert.Throws<InvalidOperationException>(
            () => SyntheticSequences.Fit(Options with { ValidationFraction = 0.001 }, rows: 9)).Message);
        Assert.Equal("BasicLstmCell { Units = 6, ForgetBias = 0.5 }", Options.Cell.ToString());
    }

    private static CultureInfo WithComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        return culture;
    }

    private sealed class Unweighted;

    private sealed class Weighted
    {
        public float Weight { get; set; }
    }
}
