using Microsoft.ML.Runtime;
using Rnn.MLNet.Files;
using Rnn.MLNet.Native;
using Rnn.MLNet.Saving;
using Rnn.MLNet.Scoring;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet;

/// <summary>
/// A trained recurrent network that classifies sequences. <see cref="Transform"/> scores batches of rows on several threads
/// (<see cref="RnnOptions.Threads"/>); a <see cref="PredictionEngine{TSrc, TDst}"/> scores single rows. This type is thread-safe.
/// </summary>
/// <remarks>
/// <para><c>Score</c>: <c>Vector&lt;Single, classes&gt;</c>, the probability of each class, with the classes as slot names.</para>
/// <para><c>PredictedLabel</c>: the key of the most probable class, with the label's values.</para>
/// <para>
/// A row with an infinite feature, or with a missing one unless <see cref="RnnOptions.MissingValues"/> accepts it, gets scores of NaN and a missing
/// predicted label.
/// </para>
/// <para>
/// <c>mlContext.Model.ConvertToOnnx</c> supports only ML.NET's own transformers: for the model, and for every pipeline that contains it, it
/// fails with "Unsupported type: … CallExportOnnx …". Use <see cref="ExportOnnx"/> to write the network; the file does not contain the
/// transforms that precede it.
/// </para>
/// <para>
/// <c>mlContext.Model.Save</c> saves the model as a chain of ML.NET's own transformers, which loads without this library. The columns of
/// the loaded model have the annotations that ML.NET's own trainers give them: <c>TrainingLabelValues</c> and, if the labels are text, the
/// slot names. If the model has more than 128 classes, or if its columns are not named <c>Score</c> and <c>PredictedLabel</c>, only the
/// slot names (for labels of any type) and the values of the predicted label are kept.
/// </para>
/// </remarks>
public sealed class RnnClassifierTransformer : ISingleFeaturePredictionTransformer<object>, IDisposable
{
    private readonly Scorer _scorer;
    private readonly IHostEnvironment _environment;

    internal RnnClassifierTransformer(Scorer scorer, TrainingHistory history, IHostEnvironment environment)
    {
        _scorer = scorer;
        _environment = environment;
        History = history;
    }

    /// <summary>
    /// The loss, metric and learning rate of each epoch of the training, and how the training ended. Without epochs if the weights were given
    /// or loaded.
    /// </summary>
    public TrainingHistory History { get; }

    /// <summary>Always true: each output row depends on one input row only.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>Returns the schema of the output: the input's columns, followed by the score and the predicted label.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <returns>The schema of the output.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inputSchema"/> is null.</exception>
    /// <exception cref="ArgumentException">The feature column is missing or does not have the type that it had in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return _scorer.OutputSchema(inputSchema).Schema;
    }

    /// <summary>Returns a lazy view of the input with the scores; nothing is computed until the view is read.</summary>
    /// <param name="input">The rows to score.</param>
    /// <returns>The view. Each of its cursors reads the input once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">The feature column is missing or does not have the type that it had in training.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The model has been disposed of. If it is disposed of later, reading the view throws this exception.
    /// </exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _scorer.Network.ThrowIfDisposed();
        return new ScoredDataView(input, _scorer);
    }

    /// <summary>Returns a mapper that scores single rows, for a <see cref="PredictionEngine{TSrc, TDst}"/>.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <returns>The mapper.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inputSchema"/> is null.</exception>
    /// <exception cref="ArgumentException">The feature column is missing or does not have the type that it had in training.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The model has been disposed of. If it is disposed of later, scoring a row throws this exception.
    /// </exception>
    /// <exception cref="InvalidOperationException">libtorch failed, or memory ran out.</exception>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        using var lease = _scorer.Network.Rent();
        // Packs the weights now rather than during the first prediction.
        _ = lease.Sequences;
        return new RowScorer(inputSchema, _scorer);
    }

    /// <summary>
    /// Writes the network as an ONNX model with the input <c>features</c>, <c>[N, time, features]</c>, and the output <c>probabilities</c>,
    /// <c>[N, classes]</c>, both Single, for any batch size N.
    /// </summary>
    /// <remarks>
    /// The metadata describes the cell, the layers and the classes. Its last property, <c>sha256</c>, takes up the last 76 bytes of the
    /// file. The value, the last 64 bytes, is the SHA-256 of the file without these 76 bytes, in lower-case hexadecimal. It detects damage;
    /// it does not authenticate the file.
    /// </remarks>
    /// <param name="path">The file to write. An existing file is replaced atomically.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="InvalidOperationException">libtorch failed, or memory ran out.</exception>
    /// <exception cref="IOException">The file cannot be written. The message names it; an existing file is left unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public void ExportOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var work = NativeWork.Begin(parks: true);
        using var lease = _scorer.Network.Rent();
        var model = NetworkExporter.ToBytes(lease.Network, _scorer.Task);
        AtomicFile.Write(path, stream => stream.Write(model));
    }

    /// <summary>
    /// Creates an engine that runs the network over a live stream, one time step at a time. Create one engine per stream; the engines of a model
    /// share one copy of its weights, which is created with the first engine. The model must not be disposed of while they are used.
    /// </summary>
    /// <returns>An engine before its first time step.</returns>
    /// <exception cref="InvalidOperationException">
    /// The network is bidirectional: it reads every sequence from its end as well, so it has no scores before the end. Or memory ran out.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public RnnStepEngine CreateStepEngine()
    {
        using var work = NativeWork.Begin(parks: true);
        using var lease = _scorer.Network.Rent();
        if (lease.Network.Spec.Bidirectional)
        {
            throw new InvalidOperationException(
                "A bidirectional network reads the sequence from both ends, so it cannot run one time step at a time. Train the network with Bidirectional = false.");
        }

        return new RnnStepEngine(_scorer.Network, lease.Steps, _scorer.Task);
    }

    /// <summary>
    /// Frees the network's native memory as soon as all running reads, predictions and saves have completed. From then on, the model and
    /// the views, cursors and prediction engines created from it throw an <see cref="ObjectDisposedException"/> instead of scoring; their
    /// schemas and <see cref="History"/> remain available. This method can be called repeatedly and from any thread.
    /// </summary>
    /// <remarks>
    /// <see cref="PredictionEngineBase{TSrc, TDst}.Dispose()"/> disposes of the model that the engine was created from, unless the engine
    /// was created with <see cref="PredictionEngineOptions.OwnsTransformer"/> set to false.
    /// </remarks>
    public void Dispose() => _scorer.Network.Dispose();

    /// <summary>Returns this object: the model's parameters are not exposed to ML.NET's tools.</summary>
    object IPredictionTransformer<object>.Model => this;

    string ISingleFeaturePredictionTransformer<object>.FeatureColumnName => _scorer.FeatureColumn;

    DataViewType ISingleFeaturePredictionTransformer<object>.FeatureColumnType => _scorer.FeatureType;

    /// <summary>
    /// ML.NET can save only its own transformers, so the model is saved as an equivalent chain of them (<see cref="PortableChain"/>).
    /// </summary>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        using var work = NativeWork.Begin(parks: true);
        using var lease = _scorer.Network.Rent();
        using var chain = PortableChain.Create(lease.Network, _scorer.Task, _scorer.FeatureColumn, _scorer.FeatureType, MLNetAccessors.TempFilePathOf(_environment));
        ((ICanSaveModel)chain).Save(ctx);
    }
}
