using System.IO.Compression;
using Microsoft.Playwright;

namespace Rnn.MLNet.Tests.Samples;

/// <summary>A visit to the page of samples/Browser: draws on it, and reads what it shows.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly List<string> _messages = [];
    private readonly List<string> _requests = [];

    private Visit(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout((float)Hang.Limit.TotalMilliseconds);
        page.Console += (_, message) => _messages.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _messages.Add(error);
        page.Request += (_, request) => _requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Opens the page and waits until the network is loaded.</summary>
    public static async Task<Visit> To(IBrowser browser, string address)
    {
        var visit = new Visit(await browser.NewPageAsync());
        await visit.Page.GotoAsync(address);
        await visit.State("empty");
        return visit;
    }

    public async ValueTask DisposeAsync() => await Page.CloseAsync();

    /// <summary>Waits until the page is in a state; fails at once if it says that the network failed.</summary>
    public async Task State(string name)
    {
        await Page.WaitForSelectorAsync($"body[data-state={name}], body[data-state=failed]");
        Assert.True(name == await Page.Locator("body").GetAttributeAsync("data-state"), string.Join('\n', _messages));
    }

    /// <summary>Draws one stroke with the mouse, through points in shares of the paper.</summary>
    public async Task Draw((float X, float Y)[] points)
    {
        var paper = (await Page.Locator("#paper").BoundingBoxAsync())!;
        await Move(points[0]);
        await Page.Mouse.DownAsync();
        foreach (var point in points.Skip(1))
        {
            await Move(point);
        }

        await Page.Mouse.UpAsync();

        Task Move((float X, float Y) point) =>
            Page.Mouse.MoveAsync(paper.X + point.X * paper.Width, paper.Y + point.Y * paper.Height, new MouseMoveOptions { Steps = 5 });
    }

    /// <summary>What the page shows of what is drawn.</summary>
    public async Task<Shown> Reading()
    {
        await State("read");
        var json = await Page.EvaluateAsync<string>("JSON.stringify(shown)");
        return JsonSerializer.Deserialize<Shown>(json, JsonSerializerOptions.Web)!;
    }

    /// <summary>Reads a picture with another network.</summary>
    public async Task<float[][]> Read(RnnClassifierTransformer network, int[] pixels)
    {
        using var file = new TemporaryFile(".onnx");
        network.ExportOnnx(file.Path);
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest))
        {
            packing.Write(await File.ReadAllBytesAsync(file.Path));
        }

        var json = await Page.EvaluateAsync<string>(
            "async ([onnx, pixels]) => { model.onnx = onnx; return JSON.stringify(await (await Network.load()).read(pixels)); }",
            new object[] { Convert.ToBase64String(packed.ToArray()), pixels });
        return JsonSerializer.Deserialize<float[][]>(json)!;
    }

    /// <summary>The sentence that says what the network takes the drawing for.</summary>
    public Task<string> Verdict() => Page.Locator("#verdict").InnerTextAsync();

    /// <summary>Asserts that the browser had no complaint, and that nothing was asked of any other place than the page's.</summary>
    public void AssertQuiet(string place)
    {
        Assert.Empty(_messages);
        Assert.All(_requests, url => Assert.True(
            url.StartsWith(place, StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal), url));
        Assert.Contains(_requests, url => url.EndsWith("ort.wasm.min.js", StringComparison.Ordinal));
    }

    /// <summary>What the page shows.</summary>
    /// <param name="Pixels">The picture that the network has read, row by row, from 0 to 255.</param>
    /// <param name="Probabilities">Those of the classes after each row.</param>
    internal sealed record Shown(int[] Pixels, float[][] Probabilities);
}
