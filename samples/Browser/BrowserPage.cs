namespace Browser;

/// <summary>Makes the page: the network, ONNX Runtime for browsers, and the files of the page, in one folder.</summary>
internal static class BrowserPage
{
    public static void Make(BrowserOptions options, CancellationToken stop)
    {
        if (PageFolder.Refusal(options.OutputFolder) is { } refusal)
        {
            throw new IOException(refusal);
        }

        // First, because it fails at once where npm is missing.
        var runtime = OnnxRuntimeWeb.Install(stop);
        var network = options.ModelPath is { } path ? ExportedNetwork.Read(path) : null;
        PageFolder.Prepare(options.OutputFolder);
        network ??= DigitNetwork.Train(options, stop);
        PageFolder.Write(options.OutputFolder, network, runtime);
        Console.WriteLine($"network            {network.Description}");
        Console.WriteLine($"page               {options.OutputFolder}, {PageFolder.Bytes(options.OutputFolder):N0} bytes");
        Console.WriteLine($"Open {Path.Combine(options.OutputFolder, "index.html")} in a browser, or copy the folder to any web server.");
    }
}
