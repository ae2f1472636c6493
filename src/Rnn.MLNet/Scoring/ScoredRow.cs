using Microsoft.ML;
using Microsoft.ML.Data;
using Rnn.MLNet.Sequences;

namespace Rnn.MLNet.Scoring;

/// <summary>A row with the model's columns behind the input's; scored once a position, when a getter asks for it.</summary>
internal sealed class ScoredRow : DataViewRow
{
    private readonly DataViewRow _input;
    private readonly HashSet<int> _active;
    private readonly OutputSchema _schema;
    private readonly FeatureReader? _features;
    private readonly float[] _sequence;
    private readonly float[] _scores;
    private readonly OnnxSession.Binding? _network;
    private long _scoredPosition = -1;

    public ScoredRow(DataViewRow input, HashSet<int> active, OutputSchema schema, Scorer scorer, OnnxSession session)
    {
        _input = input;
        _active = active;
        _schema = schema;
        _sequence = new float[scorer.Shape.Length];
        _scores = new float[scorer.Labels.Count];
        if (active.Contains(schema.ScoreIndex) || active.Contains(schema.PredictedLabelIndex))
        {
            _features = new FeatureReader(input, schema.Feature);
            _network = session.Bind(_sequence, scorer.Shape.TimeSteps, scorer.Shape.Features, _scores);
        }
    }

    public override DataViewSchema Schema => _schema.Schema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        _active.Contains(column.Index) && (_schema.IsNew(column) || _input.IsColumnActive(_schema.Input[column.Index]));

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_schema.IsNew(column))
        {
            return _input.GetGetter<TValue>(_schema.Input[column.Index]);
        }

        return _network is not null
            ? ScoreGetters.Make<TValue>(column, _schema, Scores)
            : throw new InvalidOperationException($"The column '{column.Name}' was not asked for when the row was made.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _network?.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private ReadOnlySpan<float> Scores()
    {
        if (_scoredPosition != _input.Position)
        {
            if (_features!.TryRead(_sequence))
            {
                _network!.Run();
            }
            else
            {
                Array.Fill(_scores, float.NaN);
            }

            _scoredPosition = _input.Position;
        }

        return _scores;
    }
}
