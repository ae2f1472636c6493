using Rnn.MLNet.Tests.Cells;

namespace Rnn.MLNet.Tests.Samples;

/// <summary>The page of samples/Browser in headless Chromium: what is drawn there is read as ML.NET reads it.</summary>
public sealed class DigitPageTests(DigitPage digits) : IClassFixture<DigitPage>
{
    private const double Tolerance = 1e-4;

    // A seven, in shares of the paper.
    private static readonly (float X, float Y)[] Seven = [(0.3f, 0.25f), (0.5f, 0.24f), (0.7f, 0.22f), (0.6f, 0.45f), (0.5f, 0.65f), (0.42f, 0.85f)];

    /// <summary>Every cell, and one of each kind in both directions.</summary>
    private static IEnumerable<(string Name, bool Bidirectional)> Cells =>
        [.. CellSamples.All.Keys.Select(name => (name, false)), .. new[] { "rnn", "basic lstm", "gru", "lstm, everything", "layer norm" }.Select(name => (name, true))];

    [Fact]
    public async Task What_is_drawn_is_read_row_by_row_as_MLNet_reads_it()
    {
        DigitPage.Require();
        using var server = new FileServer(digits.Folder);
        await using var visit = await digits.Open(server.Address + "index.html");
        var page = visit.Page;
        Assert.Equal("The paper is empty: draw a digit.", await visit.Verdict());

        await visit.Draw(Seven);
        var reading = await visit.Reading();

        var (overTime, score) = DigitPage.Score(digits.Network, reading.Pixels);
        ScoreColumns.AssertAgree(overTime, reading.Probabilities, Tolerance);
        ScoreColumns.AssertAgree([score], [reading.Probabilities[^1]], Tolerance);
        Assert.StartsWith($"The network reads {Best(score)} (", await visit.Verdict());
        Assert.Equal(Percent(score), await page.Locator(".percent").AllInnerTextsAsync());
        // Any earlier row can be looked at.
        await page.Locator("#row").FillAsync("12");
        Assert.Equal(Percent(overTime[11]), await page.Locator(".percent").AllInnerTextsAsync());
        Assert.Equal("Row 12 of 28", await page.Locator("#progress").InnerTextAsync());
        Assert.Equal($"{Best(overTime[11])}", await page.Locator("#guess").InnerTextAsync());

        await page.Locator("#clear").ClickAsync();
        await visit.State("empty");
        Assert.Equal("The paper is empty: draw a digit.", await visit.Verdict());
        Assert.True(await page.EvaluateAsync<bool>("shown === null"));
        Assert.All(await page.Locator(".percent").AllInnerTextsAsync(), text => Assert.Equal("", text));
        Assert.True(await page.Locator("#row").IsDisabledAsync());
        visit.AssertQuiet(server.Address);
    }

    [Fact]
    public async Task It_needs_no_server_and_knows_its_own_examples()
    {
        DigitPage.Require();
        await using var visit = await digits.Open();

        List<int> wrong = [];
        foreach (var digit in DigitPage.Classes)
        {
            await visit.Page.GetByLabel($"Example {digit}", new() { Exact = true }).PressAsync("Enter");
            if (Best((await visit.Reading()).Probabilities[^1]) != digit)
            {
                wrong.Add(digit);
            }
        }

        // The network has seen each digit three hundred times; that of the sample has seen six thousand and knows all of them.
        Assert.True(wrong.Count <= 2, $"not recognised: {string.Join(", ", wrong)}");
        visit.AssertQuiet(new Uri(digits.Folder).AbsoluteUri + "/");
    }

    [Fact]
    public async Task A_picture_is_made_as_those_of_MNIST_wherever_and_however_large_the_digit_is_drawn()
    {
        DigitPage.Require();
        await using var visit = await digits.Open();

        await visit.Draw(Seven);
        var large = (await visit.Reading()).Pixels;
        await visit.Page.Locator("#clear").ClickAsync();
        await visit.Draw([.. Seven.Select(point => (0.5f + 0.4f * point.X, 0.1f + 0.4f * point.Y))]);
        var small = (await visit.Reading()).Pixels;
        await visit.Page.Locator("#clear").ClickAsync();
        await visit.Draw([(0.8f, 0.1f)]);
        var dot = (await visit.Reading()).Pixels;

        Assert.All([large, small], pixels =>
        {
            // 20 rows of the 28 have ink; its centre of mass is that of the picture, and its middle is as dark as can be.
            Assert.InRange(Enumerable.Range(0, 28).Count(row => pixels.AsSpan(row * 28, 28).ContainsAnyExcept(0)), 20, 21);
            var mass = (double)pixels.Sum();
            Assert.InRange(pixels.Select((ink, i) => ink * (i % 28 + 0.5)).Sum() / mass, 13.8, 14.2);
            Assert.InRange(pixels.Select((ink, i) => ink * (i / 28 + 0.5)).Sum() / mass, 13.8, 14.2);
            Assert.Equal(255, pixels.Max());
        });
        // The bar of the seven is above its stem, which ends left of the middle.
        Assert.True(large.Take(14 * 28).Sum() > large.Skip(14 * 28).Sum());
        Assert.True(large.Where((_, i) => i / 28 > 18 && i % 28 < 14).Sum() > 5 * large.Where((_, i) => i / 28 > 18 && i % 28 >= 14).Sum());
        Assert.InRange(large.Zip(small, (one, other) => Math.Abs(one - other)).Average(), 0, 5);
        Assert.InRange(dot.Count(ink => ink > 0), 4, 16);
    }

    [Fact]
    public async Task Every_cell_scores_in_the_browser_as_in_MLNet()
    {
        DigitPage.Require();
        await using var visit = await digits.Open();
        await visit.Draw(Seven);
        var pixels = (await visit.Reading()).Pixels;

        foreach (var (name, bidirectional) in Cells)
        {
            using var network = DigitPage.Train(RandomWeights(CellSamples.All[name], bidirectional), digits: 100);
            var (overTime, score) = DigitPage.Score(network, pixels);
            TestContext.Current.TestOutputHelper?.WriteLine(name);

            ScoreColumns.AssertAgree(bidirectional ? [score] : overTime, await visit.Read(network, pixels), Tolerance);
        }
    }

    [Fact]
    public async Task A_zip_of_a_network_that_reads_both_ways_is_taken_and_says_that_it_has_no_earlier_opinion()
    {
        DigitPage.Require();
        using var zip = new TemporaryFile(".zip");
        using var network = DigitPage.Train(RandomWeights(new GruCell(4), bidirectional: true), digits: 100);
        network.SaveTo(zip.Path, null);
        var folder = Directory.CreateTempSubdirectory("rnn-mlnet-").FullName;
        try
        {
            (await DigitPage.Make("--model", zip.Path, "--output", folder)).Succeeded();
            await using var visit = await digits.Open(new Uri(Path.Combine(folder, "index.html")).AbsoluteUri);
            await visit.Draw(Seven);

            var reading = await visit.Reading();

            ScoreColumns.AssertAgree([DigitPage.Score(network, reading.Pixels).Score], reading.Probabilities, Tolerance);
            Assert.EndsWith("As it also reads from the bottom up, it says nothing before it has seen all rows.", await visit.Verdict());
            Assert.True(await visit.Page.Locator("#play").IsDisabledAsync());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_network_of_something_else_is_refused_and_no_foreign_folder_is_written_to()
    {
        DigitPage.Require();
        using TemporaryFile onnx = new(".onnx"), text = new(".onnx");
        SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 }).ExportOnnx(onnx.Path);
        File.WriteAllText(text.Path, "no model");
        var page = Path.Combine(digits.Folder, "none");

        var other = await DigitPage.Make("--model", onnx.Path, "--output", page);
        var none = await DigitPage.Make("--model", text.Path, "--output", page);
        var foreign = await DigitPage.Make("--model", onnx.Path, "--output", AppContext.BaseDirectory);

        Assert.Equal((1, $"error: {onnx.Path}: expected one input 'features' of 28 time steps of 28 features, got features [-1 × 6 × 2].\n"), (other.ExitCode, other.Errors));
        Assert.Equal(1, none.ExitCode);
        Assert.StartsWith($"error: {text.Path}: expected an ONNX model that ONNX Runtime can load.", none.Errors);
        Assert.Equal(2, foreign.ExitCode);
        Assert.Contains("contains something else than a page of this sample", foreign.Errors);
        Assert.False(Directory.Exists(page));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_refused_before_anything_is_trained()
    {
        DigitPage.Require();
        using TemporaryFile file = new(".txt");
        File.WriteAllText(file.Path, "a file cannot contain a folder");
        var folder = Path.Combine(file.Path, "page");

        var ending = await DigitPage.Make("--output", folder);

        Assert.Equal(1, ending.ExitCode);
        Assert.StartsWith($"error: --output: the folder '{folder}' cannot be written to: ", ending.Errors);
        Assert.Empty(ending.Output);
    }

    /// <summary>Random kernels, and after one large step of Adam random biases too.</summary>
    private static RnnClassifierOptions RandomWeights(RnnCell cell, bool bidirectional) => new()
    {
        TimeSteps = 28,
        Cell = cell,
        Bidirectional = bidirectional,
        ScoresOverTimeColumnName = bidirectional ? null : "OverTime",
        MaxSteps = 1,
        LearningRate = 0.3,
        LearningRateSchedule = LearningRateSchedule.Constant,
        Seed = 1,
        Threads = 1,
    };

    private static int Best(float[] probabilities) => DigitPage.Classes.MaxBy(digit => probabilities[digit]);

    private static string[] Percent(float[] probabilities) =>
        [.. probabilities.Select(probability => FormattableString.Invariant($"{Math.Floor(100.0 * probability + 0.5)} %"))];
}
