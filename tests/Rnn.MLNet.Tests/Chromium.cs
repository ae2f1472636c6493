using Microsoft.Playwright;

namespace Rnn.MLNet.Tests;

/// <summary>The Chromium of this machine, which tests look at pages with.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Starts it without a window; skips the test where none is installed.</summary>
    public static async Task<IBrowser> Launch(IPlaywright playwright)
    {
        var path = Places.FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.Skip($"No Chromium is installed (looked for {string.Join(", ", Places)}).");
        }

        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Headless = true,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}
