using Microsoft.ML.Transforms;

namespace Rnn.MLNet.Tests.Samples.WebApi;

/// <summary>A zip of a model of colours, and the scores that it gives.</summary>
internal sealed class ColourModel : IDisposable
{
    private readonly TemporaryFile _file = new(".zip");
    private readonly MLContext _context = new(seed: 1);
    private readonly ITransformer _loaded;

    public ColourModel(int seed = 1)
    {
        // Standardised, so that numbers far outside have no score.
        var options = SyntheticSequences.Options with { Seed = seed, InputScaling = InputScaling.Standardize };
        var data = SyntheticSequences.Text(_context, 96);
        _context.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(_context.Transforms.RnnClassifier(options))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Colour", "PredictedLabel"))
            .Fit(data)
            .SaveTo(_file.Path, data.Schema);
        _loaded = _context.Model.Load(_file.Path, out _);
        Bytes = File.ReadAllBytes(_file.Path);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Bytes));
    }

    public string Path => _file.Path;

    public byte[] Bytes { get; }

    public string Sha256 { get; }

    /// <summary>As answers name it.</summary>
    public string Name => Sha256[..12];

    public List<WebPrediction> Expected(IReadOnlyList<float[]> rows)
    {
        var scored = _loaded.Transform(_context.Data.LoadFromEnumerable(rows.Select(features => new Sequence<string> { Features = features }).ToList()));
        return
        [
            .. scored.GetColumn<float[]>("Score").Zip(scored.GetColumn<string>("Colour"), (scores, colour) =>
                new WebPrediction(colour, SyntheticSequences.Colours.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second), Name)),
        ];
    }

    public void Dispose()
    {
        (_loaded as IDisposable)?.Dispose();
        _file.Dispose();
    }
}
