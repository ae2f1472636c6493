using Microsoft.ML.Transforms;
using Microsoft.Playwright;
using Mnist;
using Rnn.MLNet.Tests.Situations;

namespace Rnn.MLNet.Tests.Samples;

/// <summary>The page of samples/Browser, made by that program for a network that has seen some digits.</summary>
public sealed class DigitPage : IAsyncLifetime
{
    private const int Digits = 3000;

    private static readonly string Program = typeof(DigitPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Browser").Value!;

    private static readonly Lazy<List<Digit>> Images = new(() => [.. MnistDataSet.ReadTraining(MnistDataSet.FindFolder(), Digits).Digits()]);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "rnn-mlnet-" + Guid.NewGuid().ToString("N"));
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The classes in the order of their keys.</summary>
    public static IReadOnlyList<int> Classes { get; } = [.. Enumerable.Range(0, 10)];

    /// <summary>Whether npm is there, without which the page cannot be made.</summary>
    public static bool HasNpm { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm")));

    /// <summary>The network on the page.</summary>
    public RnnClassifierTransformer Network { get; private set; } = null!;

    /// <summary>The folder with the page.</summary>
    public string Folder => Path.Combine(_folder, "page");

    public async ValueTask InitializeAsync()
    {
        if (HasNpm)
        {
            Network = Train(new RnnClassifierOptions
            {
                TimeSteps = 28,
                Cell = new BasicLstmCell(32),
                ScoresOverTimeColumnName = "OverTime",
                Epochs = 6,
                BatchSize = 32,
                LearningRate = 0.01,
                Seed = 1,
                Threads = 1,
            }, Digits);
            var onnx = Path.Combine(Directory.CreateDirectory(_folder).FullName, "digits.onnx");
            Network.ExportOnnx(onnx);
            (await Make("--model", onnx, "--output", Folder)).Succeeded();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        Network?.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Opens a page; the tests of the class share a browser.</summary>
    internal async Task<Visit> Open(string address)
    {
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await Chromium.Launch(_playwright);
        return await Visit.To(_browser, address);
    }

    /// <summary>Opens the page from the disk.</summary>
    internal Task<Visit> Open() => Open(new Uri(Path.Combine(Folder, "index.html")).AbsoluteUri);

    /// <summary>Skips a test where npm is missing.</summary>
    public static void Require() => Assert.SkipUnless(HasNpm, "npm, which comes with Node.js, is not installed.");

    /// <summary>Runs the sample.</summary>
    internal static Task<ChildProcess.Ending> Make(params string[] args) =>
        ChildProcess.Run(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [], [Program, .. args]);

    /// <summary>Trains on the first digits of MNIST.</summary>
    internal static RnnClassifierTransformer Train(RnnClassifierOptions options, int digits)
    {
        var context = new MLContext(seed: 1);
        var data = context.Data.LoadFromEnumerable(Images.Value.Take(digits));
        var keyed = context.Transforms.Conversion
            .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);
        return context.Transforms.RnnClassifier(options).Fit(keyed);
    }

    /// <summary>What ML.NET says of a picture after each row, and after the last one.</summary>
    internal static (float[][] OverTime, float[] Score) Score(RnnClassifierTransformer network, int[] pixels)
    {
        var digit = new Digit { Features = [.. pixels.Select(pixel => pixel / 255f)] };
        var scored = network.Transform(new MLContext().Data.LoadFromEnumerable([digit]));
        float[][] overTime = scored.Schema.GetColumnOrNull("OverTime") is null ? [] : [.. scored.Scores("OverTime").Single().Chunk(Classes.Count)];
        return (overTime, scored.Scores().Single());
    }
}
