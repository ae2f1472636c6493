using Microsoft.Playwright;
using Rnn.MLNet.Tests.Experiments;

namespace Rnn.MLNet.Tests.Report;

/// <summary>The report in headless Chromium.</summary>
public sealed class ReportInBrowserTests
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    [Fact]
    public async Task The_report_shows_without_an_error_and_without_the_network()
    {
        var browserPath = Places.FirstOrDefault(File.Exists);
        if (browserPath is null)
        {
            Assert.Skip($"No Chromium is installed (looked for {string.Join(", ", Places)}).");
        }

        var page = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}.html");
        SmallExperiments.Create()
            .Add("GRU", context => Microsoft.ML.RnnCatalog.RnnClassifier(context.Transforms, SmallExperiments.Options(epochs: 3)))
            .Add("Naive Bayes", SmallExperiments.Bayes)
            .Execute(Bar.View(300), Bar.View(100, seed: 2)).SaveReport(page);
        try
        {
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = browserPath,
                Headless = true,
                Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await Show(browser, page, scheme);
            }
        }
        finally
        {
            File.Delete(page);
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
