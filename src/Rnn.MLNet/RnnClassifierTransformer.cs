using Microsoft.ML;
using Microsoft.ML.Data;
using Rnn.MLNet.Persistence;
using Rnn.MLNet.Scoring;

namespace Rnn.MLNet;

/// <summary>
/// A trained recurrent network. <see cref="Transform"/> scores in batches on every core; a
/// <see cref="PredictionEngine{TSrc, TDst}"/> made of it scores row by row. Safe to use from several threads at once.
/// </summary>
/// <remarks>
/// <para><c>Score</c>: <c>Vector&lt;Single, classes&gt;</c>, the probability of each class, with the classes as slot names.</para>
/// <para><c>PredictedLabel</c>: the key of the most probable class, with the label's values.</para>
/// <para>A row with a missing or infinite feature gets scores of NaN and a missing predicted label.</para>
/// </remarks>
public sealed class RnnClassifierTransformer : ITransformer, ICanSaveModel, IDisposable
{
    private readonly Scorer _scorer;
    private readonly DataViewSchema _trainingSchema;
    private readonly Lazy<OnnxSession> _session;
    private bool _disposed;

    internal RnnClassifierTransformer(Scorer scorer, DataViewSchema trainingSchema, TrainingHistory history)
    {
        _scorer = scorer;
        _trainingSchema = trainingSchema;
        History = history;
        _session = new Lazy<OnnxSession>(() => new OnnxSession(NetworkExporter.ToBytes(_scorer.Network, _scorer.Labels.Names)));
    }

    /// <summary>What the training did, epoch by epoch.</summary>
    public TrainingHistory History { get; }

    /// <summary>True: rows can be scored one by one.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The input's columns and behind them the score and the predicted label.</summary>
    /// <param name="inputSchema">The columns that come in.</param>
    /// <returns>The columns that come out.</returns>
    /// <exception cref="ArgumentException">The feature column is missing or of another type than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return _scorer.OutputSchema(inputSchema).Schema;
    }

    /// <summary>A lazy view of the input with the scores; nothing is computed before it is read.</summary>
    /// <param name="input">The rows to score.</param>
    /// <returns>The view.</returns>
    /// <exception cref="ArgumentException">The feature column is missing or of another type than in training.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new ScoredDataView(input, _scorer);
    }

    /// <summary>The one-row path, which serves <see cref="PredictionEngine{TSrc, TDst}"/>.</summary>
    /// <param name="inputSchema">The columns that come in.</param>
    /// <returns>A mapper over rows of these columns.</returns>
    /// <exception cref="ArgumentException">The feature column is missing or of another type than in training.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new RowScorer(inputSchema, _scorer, _session.Value);
    }

    /// <summary>
    /// Writes the network as an ONNX model: <c>features</c> <c>[N, time, features]</c> in, <c>probabilities</c>
    /// <c>[N, classes]</c> out, both Single, for any batch size N.
    /// </summary>
    /// <param name="path">The file to write; one that exists is replaced in one step.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it, and the old file is as it was.</exception>
    public void ExportOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var model = NetworkExporter.ToBytes(_scorer.Network, _scorer.Labels.Names);
        AtomicFile.Write(path, stream => stream.Write(model));
    }

    /// <summary>Frees the network's native memory. Views and prediction engines made of the model must not be read any more.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            if (_session.IsValueCreated)
            {
                _session.Value.Dispose();
            }

            _scorer.Network.Dispose();
        }
    }

    /// <summary>ML.NET's saving is closed to transformers from outside, so the model is saved as stock transformers that do the same.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var chain = PortableChain.Create(_scorer.Network, _scorer.Columns, _scorer.Labels, _trainingSchema);
        ((ICanSaveModel)chain).Save(ctx);
    }
}
