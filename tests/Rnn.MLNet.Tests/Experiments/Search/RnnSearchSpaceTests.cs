using CsCheck;

namespace Rnn.MLNet.Tests.Experiments.Search;

/// <summary>What a search draws from its space: the laws of the draw, and the draws themselves, which resumed experiments rely on.</summary>
public sealed class RnnSearchSpaceTests
{
    private const long Rows = 500;

    private static readonly RnnSearchSpace Wide = new()
    {
        Cells = [new GruCell(1), new BasicLstmCell(1) { ForgetBias = 0.5 }],
        Units = (4, 64),
        Layers = (1, 3),
        LearningRate = (1e-4, 1e-2),
        Dropout = (0.25, 0.75),
        Bidirectional = [false, true],
        BatchSize = [16, 32, 64],
        ReadOut = [ReadOut.FinalState, ReadOut.LastOutput, ReadOut.MeanPool],
        InputScaling = [InputScaling.None, InputScaling.Standardize],
    };

    [Fact]
    public void The_same_seed_and_number_draw_the_same_for_ever()
    {
        string Drawn(int seed, int configuration)
        {
            var drawn = Wide.Draw(SmallExperiments.Options(), seed, configuration, Rows);
            return string.Create(CultureInfo.InvariantCulture, $"{drawn.Cell.GetType().Name} {drawn.Cell.Units} {drawn.Layers} {drawn.LearningRate:G6} {drawn.Dropout:G6} {drawn.Bidirectional} {drawn.BatchSize} {drawn.ReadOut} {drawn.InputScaling}");
        }

        Assert.Equal(
            [
                "GruCell 20 1 0.000627644 0.391085 True 16 MeanPool None",
                "BasicLstmCell 45 2 0.000404866 0.728365 True 16 LastOutput None",
                "BasicLstmCell 17 2 0.0020264 0.515737 True 64 MeanPool None",
                "BasicLstmCell 6 1 0.00725313 0.263006 True 32 LastOutput None",
                "GruCell 28 2 0.00293962 0.683835 False 64 LastOutput None",
                "BasicLstmCell 17 1 0.000529053 0.742454 True 32 MeanPool Standardize",
            ],
            new[] { Drawn(0, 0), Drawn(0, 1), Drawn(0, 2), Drawn(1, 0), Drawn(-3, 7), Drawn(int.MaxValue, 100) });
    }

    [Fact]
    public void Everything_else_is_that_of_the_options_and_of_the_cell()
    {
        var options = SmallExperiments.Options(epochs: 5) with { Seed = 3, WeightDecay = 0.5 };
        var drawn = (Wide with { Cells = [new BasicLstmCell(1) { ForgetBias = 0.5 }] }).Draw(options, 1, 0, Rows);
        Assert.Equal(new BasicLstmCell(drawn.Cell.Units) { ForgetBias = 0.5 }, drawn.Cell);
        Assert.Equal(
            options with
            {
                Cell = drawn.Cell,
                Layers = drawn.Layers,
                LearningRate = drawn.LearningRate,
                Dropout = drawn.Dropout,
                Bidirectional = drawn.Bidirectional,
                BatchSize = drawn.BatchSize,
                ReadOut = drawn.ReadOut,
                InputScaling = drawn.InputScaling,
            },
            drawn);
    }

    [Fact]
    public void Every_configuration_lies_in_its_ranges_and_both_ends_are_met()
    {
        var drawn = Enumerable.Range(0, 2000).Select(configuration => Wide.Draw(SmallExperiments.Options(), 1, configuration, Rows)).ToArray();
        Assert.All(drawn, options =>
        {
            Assert.InRange(options.Cell.Units, 4, 64);
            Assert.InRange(options.LearningRate!.Value, 1e-4, 1e-2);
            Assert.InRange(options.Dropout, 0.25, 0.75);
        });
        Assert.Equal((4, 64), (drawn.Min(options => options.Cell.Units), drawn.Max(options => options.Cell.Units)));
        Assert.Equal([1, 2, 3], drawn.Select(options => options.Layers).Distinct().Order());
        Assert.Equal([16, 32, 64], drawn.Select(options => options.BatchSize!.Value).Distinct().Order());
        Assert.Equal(Wide.ReadOut, drawn.Select(options => options.ReadOut).Distinct().Order());
        Assert.Equal(Wide.InputScaling, drawn.Select(options => options.InputScaling).Distinct().Order());
        // Each as often as the others: two thousand draws are near their shares.
        double Share(Func<RnnClassifierOptions, bool> of) => drawn.Count(of) / 2000.0;
        Assert.InRange(Share(options => options.Cell is GruCell), 0.45, 0.55);
        Assert.InRange(Share(options => options.Bidirectional), 0.45, 0.55);
        Assert.InRange(Share(options => options.Layers == 2), 0.28, 0.38);
        Assert.InRange(Share(options => options.BatchSize == 64), 0.28, 0.38);
        Assert.InRange(Share(options => options.Dropout < 0.375), 0.2, 0.3);
        Assert.InRange(Share(options => options.ReadOut == ReadOut.LastOutput), 0.28, 0.38);
        Assert.InRange(Share(options => options.InputScaling == InputScaling.None), 0.45, 0.55);
        // On a logarithmic scale: half are below the geometric mean, a quarter below its own with the lower end.
        Assert.InRange(Share(options => options.LearningRate < 1e-3), 0.45, 0.55);
        Assert.InRange(Share(options => options.LearningRate < Math.Sqrt(1e-7)), 0.2, 0.3);
        Assert.InRange(Share(options => options.Cell.Units < 16), 0.43, 0.53);
        // What is drawn of one setting says nothing of another.
        Assert.InRange(Share(options => options.LearningRate < 1e-3 && options.Dropout < 0.5), 0.2, 0.3);
        Assert.InRange(Share(options => options.InputScaling == InputScaling.None && options.Bidirectional), 0.2, 0.3);
    }

    [Fact]
    public void Ranges_of_one_value_draw_it() =>
        Gen.Select(Gen.Int, Gen.Int[0, 1000]).Sample(
            (seed, configuration) =>
            {
                var drawn = new RnnSearchSpace { Cells = [new GruCell(9)], Units = (7, 7), Layers = (2, 2), LearningRate = (0.25, 0.25), Dropout = (0.5, 0.5), Bidirectional = [true], BatchSize = [5], ReadOut = [ReadOut.MeanPool], InputScaling = [InputScaling.None] }
                    .Draw(SmallExperiments.Options(), seed, configuration, Rows);
                return drawn is { Cell.Units: 7, Layers: 2, LearningRate: 0.25, Dropout: 0.5, Bidirectional: true, BatchSize: 5, ReadOut: ReadOut.MeanPool, InputScaling: InputScaling.None };
            },
            iter: 100, threads: 1, seed: "0000KqkqPRn3");

    [Fact]
    public void The_space_says_all_it_draws_from_under_every_culture()
    {
        const string Words = "cells [GruCell { Units = 1, ResetAfter = True, UpdateBias = 1 }], units (4, 64), layers (1, 3), learning rate (0.0001, 0.01), dropout (0.25, 0.75), bidirectional [False, True], batch size [16, 32, 64], read-out [FinalState, LastOutput, MeanPool], input scaling [None, Standardize]";
        var space = Wide with { Cells = [new GruCell(1)] };
        var culture = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal(Words, space.ToString());
            Assert.Same(comma, CultureInfo.CurrentCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void The_default_space_is_the_documented_one()
    {
        var space = new RnnSearchSpace();
        Assert.Equal([new GruCell(128), new BasicLstmCell(128)], space.Cells);
        Assert.Equal(((32, 256), (1, 2), (5e-4, 2e-2), (0.0, 0.3)), (space.Units, space.Layers, space.LearningRate, space.Dropout));
        Assert.Equal([false, true], space.Bidirectional);
        Assert.Null(space.BatchSize);
        Assert.Equal([ReadOut.FinalState, ReadOut.MeanPool], space.ReadOut);
        Assert.Equal([InputScaling.Auto, InputScaling.Standardize], space.InputScaling);
        Assert.EndsWith(
            "dropout (0, 0.3), bidirectional [False, True], batch size [automatic], read-out [FinalState, MeanPool], input scaling [Auto, Standardize]",
            space.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(999, 16)]
    [InlineData(1000, 32)]
    [InlineData(10_000, 64)]
    [InlineData(30_000, 128)]
    [InlineData(100_000_000, 128)]
    public void Batch_sizes_that_are_not_given_are_around_the_one_that_fits_the_rows(long rows, int fits)
    {
        var space = Wide with { BatchSize = null };
        var drawn = Enumerable.Range(0, 600).Select(configuration => space.Draw(SmallExperiments.Options(), 1, configuration, rows)).ToArray();
        var shares = drawn.GroupBy(options => options.BatchSize!.Value).OrderBy(share => share.Key).ToArray();
        Assert.Equal([fits / 2, fits, 2 * fits], shares.Select(share => share.Key));
        Assert.All(shares, share => Assert.InRange(share.Count(), 150, 250));
        // Nothing else depends on the rows, nor on how the sizes are given.
        Assert.Equal(
            Enumerable.Range(0, 600).Select(configuration => Wide.Draw(SmallExperiments.Options(), 1, configuration, Rows) with { BatchSize = 1 }),
            drawn.Select(options => options with { BatchSize = 1 }));
    }
}
