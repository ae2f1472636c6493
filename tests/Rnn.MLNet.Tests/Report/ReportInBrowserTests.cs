using Microsoft.Playwright;
using Rnn.MLNet.Tests.Experiments;

namespace Rnn.MLNet.Tests.Report;

/// <summary>The report in headless Chromium.</summary>
public sealed class ReportInBrowserTests
{
    [Fact]
    public async Task The_report_shows_without_an_error_and_without_the_network()
    {
        using var file = new TemporaryFile(".html");
        SmallExperiments.Create()
            .Add("GRU", context => Microsoft.ML.RnnCatalog.RnnClassifier(context.Transforms, SmallExperiments.Options(epochs: 3)))
            .Add("Naive Bayes", SmallExperiments.Bayes)
            .Execute(Bar.View(300), Bar.View(100, seed: 2)).SaveReport(file.Path);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.Launch(playwright);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Show(browser, file.Path, scheme);
        }
    }

    [Fact]
    public async Task The_texts_of_a_plot_do_not_lie_on_each_other()
    {
        var random = new Random(1);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.Launch(playwright);
        foreach (var count in new[] { 1, 6, 60 })
        {
            using var file = new TemporaryFile(".html");
            ExperimentResults.Of([.. Enumerable.Range(1, count).Select(number => RunDetails.Whole with
            {
                TrialId = number,
                TrainerName = $"WAVE & GRU {number}",
                Configuration = null,
                TrainingTimeInSeconds = 10 * Math.Exp(count * random.NextDouble() / 15),
                MicrosecondsPerRow = 1000 + number,
            })]).SaveReport(file.Path);
            var page = await browser.NewPageAsync();
            await page.GotoAsync(new Uri(file.Path).AbsoluteUri);

            Assert.Empty(await page.EvaluateAsync<string[]>("""
                [...document.querySelectorAll('figure > svg')].flatMap(plot => {
                    const frame = plot.getBoundingClientRect();
                    const texts = [...plot.querySelectorAll('text')].map(text => ({ text: text.textContent, box: text.getBoundingClientRect() }));
                    const outside = ({ box }) => box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom;
                    // Lines of text may touch.
                    const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
                    return texts.filter((one, i) => outside(one) || texts.slice(i + 1).some(other => overlap(one.box, other.box))).map(one => one.text);
                })
                """));
            await page.CloseAsync();
        }
    }

    private static async Task Show(IBrowser browser, string path, ColorScheme scheme)
    {
        List<string> errors = [], requests = [];
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        page.Console += (_, message) => errors.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => errors.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync(new Uri(path).AbsoluteUri);

        Assert.Empty(errors);
        Assert.Equal([new Uri(path).AbsoluteUri], requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
        Assert.Contains("GRU", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await page.Locator(".board tbody tr").CountAsync());
        // The plots are drawn: marks, and texts that a reader can see on the background of their scheme.
        Assert.True(await page.Locator("svg ellipse").CountAsync() >= 4);
        var label = page.Locator("svg text.label").First;
        Assert.True(await label.IsVisibleAsync());
        var (ink, paper) = (await Color(label, "fill"), await Color(page.Locator("section").First, "backgroundColor"));
        Assert.Equal(scheme == ColorScheme.Light, ink < paper);
        // Nothing is wider than the window.
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        Assert.NotEmpty(await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true }));
        await page.CloseAsync();
    }

    /// <summary>The sum of red, green and blue of a computed colour.</summary>
    private static Task<int> Color(ILocator element, string property) =>
        element.EvaluateAsync<int>("(e, p) => getComputedStyle(e)[p].match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)", property);
}
