using Rnn.MLNet.Benchmarks.Web;

namespace Rnn.MLNet.Tests.Samples.WebApi;

/// <summary>The sample with a model of colours, as most tests need it.</summary>
public sealed class ColourService : IDisposable
{
    public const int MaxRows = 40;
    public const int MaxBodyBytes = 20_000;

    private readonly WebService _service;

    public ColourService()
    {
        _service = Start(Model.Path, ("Model__MaxRows", $"{MaxRows}"), ("Model__MaxBodyBytes", $"{MaxBodyBytes}"));
        Client = new WebClient(_service.Address);
    }

    internal ColourModel Model { get; } = new();

    internal WebClient Client { get; }

    internal Uri Address => _service.Address;

    internal string Log => _service.Log;

    /// <summary>Starts the sample, which looks at its file as often as it can.</summary>
    internal static WebService Start(string path, params (string Name, string Value)[] settings)
    {
        var variables = new Dictionary<string, string> { ["Model__Path"] = path, ["Model__PollInterval"] = "00:00:00.010" };
        foreach (var (name, value) in settings)
        {
            variables[name] = value;
        }

        return new WebService(variables);
    }

    public void Dispose()
    {
        Client.Dispose();
        _service.Dispose();
        Model.Dispose();
    }
}
