using static TorchSharp.torch;

namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>The contenders that score one trained network on the same rows, set up and checked against each other.</summary>
internal sealed class ScoringField : IDisposable
{
    public const string Libtorch = "libtorch";
    public const string OnnxRuntime = "onnxruntime";
    public const string LibtorchParallel = "libtorch-parallel";
    public const string OnnxRuntimeParallel = "onnxruntime-parallel";
    public const string Transform = "transform";
    public const string OnnxTransformer = "onnxtransformer";
    public const string ReloadedZip = "reloaded-zip";
    public const string LoadRnn = "load-rnn";

    private const int Rows = 5_000;

    /// <summary>The time for which each setting is tried before the rounds.</summary>
    private static readonly TimeSpan TrialTime = TimeSpan.FromSeconds(0.25);

    private readonly MLContext _context = new(seed: 1);
    private readonly TrainedModel _model;
    private readonly IDataView _view;
    private readonly float[] _values;
    private readonly Tensor _sequences;
    private readonly float[] _scores;
    private readonly Dictionary<string, IBatchScorer> _scorers;
    private readonly List<IDisposable> _owned = [];

    public ScoringField(NetworkShape shape, IReadOnlyList<string> names)
    {
        _model = new TrainedModel(shape);
        var rows = MnistRows.Test(Rows);
        _view = rows.View(_context);
        _values = rows.Values();
        _sequences = rows.SequenceTensor();
        _scores = new float[rows.Count * NetworkShape.Classes];
        _scorers = names.ToDictionary(name => name, Create);

        var expected = new float[_scores.Length];
        _scorers[Transform].Score(expected);
        ScoreCheck.AreOfATrainedNetwork(Transform, expected, rows);
        foreach (var (name, scorer) in _scorers)
        {
            Array.Clear(_scores);
            scorer.Score(_scores);
            ScoreCheck.Agree($"{shape.Name}, {name}", _scores, expected);
        }
    }

    /// <summary>Returns the scoring speed of a contender, in rows per second.</summary>
    public double Measure(string name, TimeSpan time) => ScoringSpeed.Measure(_scorers[name], _scores, time);

    public void Dispose()
    {
        _owned.ForEach(owned => owned.Dispose());
        _sequences.Dispose();
        _model.Dispose();
    }

    private IBatchScorer Create(string name) => name switch
    {
        Transform => new TransformLoop(_model.Fitted, _view, "Score"),
        ReloadedZip => new TransformLoop(_model.Reloaded, _view, "Score"),
        LoadRnn => new TransformLoop(_model.ReloadedHere, _view, "Score"),
        Libtorch => Fastest(LoopSetting.Plain.Select(TorchLoop)),
        LibtorchParallel => Fastest(LoopSetting.Parallel.Select(TorchLoop)),
        OnnxRuntime => Fastest(LoopSetting.Plain.Select(OnnxLoop)),
        OnnxRuntimeParallel => Fastest(LoopSetting.Parallel.Select(OnnxLoop)),
        // With its default number of threads, and with one.
        OnnxTransformer => Fastest(new int?[] { null, 1 }.Select(StockTransformer)),
        _ => throw new ArgumentException($"Unknown contender '{name}'.", nameof(name)),
    };

    private IBatchScorer TorchLoop(LoopSetting setting) => new LibtorchLoop(_model.Plain, _sequences, setting);

    private IBatchScorer OnnxLoop(LoopSetting setting)
    {
        var loop = new OnnxRuntimeLoop(_model.OnnxPath, _values, setting);
        _owned.Add(loop);
        return loop;
    }

    private IBatchScorer StockTransformer(int? threads)
    {
        var transformer = _model.OnnxTransformer(_context, _view, threads);
        _owned.Add(transformer);
        return new TransformLoop(transformer, _view, TrainedModel.OnnxOutput);
    }

    private IBatchScorer Fastest(IEnumerable<IBatchScorer> scorers) => ScoringSpeed.Fastest(scorers, _scores, TrialTime);
}
