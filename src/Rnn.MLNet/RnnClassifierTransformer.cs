using Microsoft.ML.Runtime;
using Rnn.MLNet.Files;
using Rnn.MLNet.Native;
using Rnn.MLNet.Saving;
using Rnn.MLNet.Scoring;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet;

/// <summary>
/// A trained recurrent network. <see cref="Transform"/> scores in batches on every core; a
/// <see cref="PredictionEngine{TSrc, TDst}"/> made of it scores row by row. Safe to use from several threads at once.
/// </summary>
/// <remarks>
/// <para><c>Score</c>: <c>Vector&lt;Single, classes&gt;</c>, the probability of each class, with the classes as slot names.</para>
/// <para><c>PredictedLabel</c>: the key of the most probable class, with the label's values.</para>
/// <para>A row with a missing or infinite feature gets scores of NaN and a missing predicted label.</para>
/// <para>
/// <c>mlContext.Model.ConvertToOnnx</c> fails with "Unsupported type: … CallExportOnnx …", for the model and for a pipeline with it: it
/// knows ML.NET's own transformers only. <see cref="ExportOnnx"/> writes the network; transforms before it are not in that file.
/// </para>
/// <para>
/// Saved by <c>mlContext.Model.Save</c>, the model is a chain of ML.NET's own transformers and loads without this library. Its columns
/// bear the annotations of a stock trainer's: <c>TrainingLabelValues</c> and, where the labels are text, the slot names. A model of more
/// than 128 classes, or with other column names than <c>Score</c> and <c>PredictedLabel</c>, keeps the slot names, of labels of any type,
/// and the values of the predicted label alone.
/// </para>
/// </remarks>
public sealed class RnnClassifierTransformer : ISingleFeaturePredictionTransformer<object>, IDisposable
{
    private readonly Scorer _scorer;
    private readonly DataViewSchema _trainingSchema;
    private readonly IHostEnvironment _environment;

    internal RnnClassifierTransformer(Scorer scorer, DataViewSchema trainingSchema, TrainingHistory history, IHostEnvironment environment)
    {
        _scorer = scorer;
        _trainingSchema = trainingSchema;
        _environment = environment;
        History = history;
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
    /// <returns>The view; it reads the input once for each of its cursors.</returns>
    /// <exception cref="ArgumentException">The feature column is missing or of another type than in training.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of; later, reading the view throws it too.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _scorer.Network.ThrowIfDisposed();
        return new ScoredDataView(input, _scorer);
    }

    /// <summary>The one-row path, which serves <see cref="PredictionEngine{TSrc, TDst}"/>.</summary>
    /// <param name="inputSchema">The columns that come in.</param>
    /// <returns>A mapper over rows of these columns.</returns>
    /// <exception cref="ArgumentException">The feature column is missing or of another type than in training.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of; later, scoring a row throws it too.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        using var lease = _scorer.Network.Rent();
        // Made now, so that the first row need not wait for it.
        _ = lease.Session;
        return new RowScorer(inputSchema, _scorer);
    }

    /// <summary>
    /// Writes the network as an ONNX model: <c>features</c> <c>[N, time, features]</c> in, <c>probabilities</c>
    /// <c>[N, classes]</c> out, both Single, for any batch size N.
    /// </summary>
    /// <remarks>
    /// The metadata names the cell, the layers and the classes. Its last property, <c>sha256</c>, fills the last 76 bytes of the file. Its
    /// value, the last 64 bytes, is the SHA-256 of the file without these 76, in lower-case hexadecimal. It shows damage, not who made
    /// the file.
    /// </remarks>
    /// <param name="path">The file to write; one that exists is replaced in one step.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it, and the old file is as it was.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public void ExportOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var work = NativeWork.Begin(parks: true);
        using var lease = _scorer.Network.Rent();
        var model = NetworkExporter.ToBytes(lease.Network, _scorer.Task);
        AtomicFile.Write(path, stream => stream.Write(model));
    }

    /// <summary>
    /// Frees the network's native memory, as soon as what is being read, scored or saved at this moment has ended. From now on the
    /// model and the views, cursors and prediction engines made of it throw an <see cref="ObjectDisposedException"/> instead of scoring;
    /// their schemas and <see cref="History"/> can still be read. May be called several times and from any thread.
    /// </summary>
    /// <remarks>
    /// <see cref="PredictionEngineBase{TSrc, TDst}.Dispose()"/> disposes of the model that the engine was made of, unless the engine was
    /// made with <see cref="PredictionEngineOptions.OwnsTransformer"/> set to false.
    /// </remarks>
    public void Dispose() => _scorer.Network.Dispose();

    /// <summary>The model itself: its weights are not open to ML.NET's tools.</summary>
    object IPredictionTransformer<object>.Model => this;

    string ISingleFeaturePredictionTransformer<object>.FeatureColumnName => _scorer.FeatureColumn;

    DataViewType ISingleFeaturePredictionTransformer<object>.FeatureColumnType => _scorer.FeatureType;

    /// <summary>ML.NET's saving is closed to transformers from outside, so the model is saved as stock transformers that do the same.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        using var work = NativeWork.Begin(parks: true);
        using var lease = _scorer.Network.Rent();
        using var chain = PortableChain.Create(lease.Network, _scorer.Task, _scorer.FeatureColumn, _trainingSchema, MLNetAccessors.TempFilePathOf(_environment));
        ((ICanSaveModel)chain).Save(ctx);
    }
}
