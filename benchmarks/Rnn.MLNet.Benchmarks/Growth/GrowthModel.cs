using Rnn.MLNet.Benchmarks.Latency;
using Rnn.MLNet.Benchmarks.Scoring;
using Rnn.MLNet.Benchmarks.Training;

namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>The network of a setting, ready to be measured.</summary>
internal sealed class GrowthModel : IDisposable
{
    /// <summary>Enough for a median; the network with the most time steps takes milliseconds for each.</summary>
    private const int MinimumCalls = 20;

    private readonly MLContext _context = new(seed: 1);
    private readonly GrowthPoint _point;
    private readonly RnnClassifierTransformer _model;
    private readonly PredictionEngine<GeneratedSequences.Row, SequenceScore> _engine;
    private readonly GeneratedSequences.Row _row;
    private readonly float[] _scores;
    private readonly TransformLoop _loop;
    private SequenceScore _score = new();

    public GrowthModel(GrowthPoint point)
    {
        _point = point;
        _model = _context.Transforms.RnnClassifier(point.Options with { Epochs = 1, MaxSteps = 1 }).Fit(point.TrainingView(_context));
        _engine = _context.Model.CreatePredictionEngine<GeneratedSequences.Row, SequenceScore>(
            _model, inputSchemaDefinition: GeneratedSequences.Definition(point.Length, GrowthPoint.Classes));
        _row = GeneratedSequences.Rows(1, point.Length, GrowthPoint.Classes).Single();
        _scores = new float[point.Rows * GrowthPoint.Classes];
        _loop = new TransformLoop(_model, point.ScoringView(_context), "Score");
    }

    /// <summary>Returns the speed of training, in rows per second.</summary>
    public double Fit(TimeSpan time) => LibraryTraining.Measure(_context, _point.Options, _point.TrainingView(_context), time);

    /// <summary>Returns the speed of scoring a table, in rows per second.</summary>
    public double Transform(TimeSpan time) => ScoringSpeed.Measure(_loop, _scores, time);

    /// <summary>Returns the time to score a single row, in microseconds.</summary>
    public double Prediction(TimeSpan time) => OneRowLatency.Measure(_ => _engine.Predict(_row, ref _score), time, MinimumCalls)[0];

    public void Dispose()
    {
        _engine.Dispose();
        _model.Dispose();
    }
}
