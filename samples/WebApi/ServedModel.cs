using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace WebApi;

/// <summary>
/// A loaded zip with its engines. It counts its users, so that a model that has been replaced is disposed when its last request has ended, and not
/// before.
/// </summary>
internal sealed class ServedModel
{
    private readonly ITransformer _model;
    private readonly ObjectPool<PredictionEngine<ModelRow, ModelScore>> _engines;
    private readonly string _name;

    /// <summary>The requests that use the model, and one more until it is replaced.</summary>
    private int _users = 1;

    private ServedModel(ITransformer model, EnginePolicy engines, ModelIdentity identity)
    {
        _model = model;
        // An engine is for one thread at a time. The pool keeps two per core and disposes what is returned beyond that.
        _engines = new DefaultObjectPoolProvider().Create(engines);
        _name = identity.Sha256[..12];
        Identity = identity;
    }

    public ModelIdentity Identity { get; }

    /// <summary>Loads a zip and scores one row with it.</summary>
    /// <exception cref="InvalidDataException">It is not a zip, no model, damaged, or has other columns.</exception>
    public static ServedModel Load(byte[] zip, DateTime fileTime, ModelSettings settings)
    {
        RequireZip(zip);
        var context = new MLContext();
        var (model, schema) = Read(context, zip);
        try
        {
            var input = ModelRow.Columns(schema, settings.FeatureColumn);
            var scored = model.GetOutputSchema(schema);
            var output = ModelScore.Columns(scored, settings.ScoreColumn, settings.PredictedLabelColumn);
            var served = new ServedModel(model, new EnginePolicy(context, model, input, output), new ModelIdentity(
                Sha256: Hash(zip),
                FileTime: fileTime,
                Features: ((VectorDataViewType)schema[settings.FeatureColumn].Type).Size,
                Classes: ClassNames.Of(scored[settings.PredictedLabelColumn])));
            served.WarmUp();
            return served;
        }
        catch
        {
            (model as IDisposable)?.Dispose();
            throw;
        }
    }

    public static string Hash(byte[] zip) => Convert.ToHexStringLower(SHA256.HashData(zip));

    /// <summary>Begins to use the model; false if it has been replaced and disposed.</summary>
    public bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var before = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (before == users)
            {
                return true;
            }

            users = before;
        }

        return false;
    }

    /// <summary>Ends a use. The last one disposes the engines and the model, and returns true.</summary>
    public bool Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0)
        {
            return false;
        }

        (_engines as IDisposable)?.Dispose();
        (_model as IDisposable)?.Dispose();
        return true;
    }

    /// <exception cref="RefusedException">A row is not one of this model.</exception>
    public Prediction[] Predict(IReadOnlyList<Row> rows, bool isBatch, CancellationToken cancellation)
    {
        // All rows before the first score: a batch is answered as a whole or not at all.
        for (var i = 0; i < rows.Count; i++)
        {
            RowCheck.Check(rows[i], isBatch ? i : null, Identity.Features);
        }

        var engine = _engines.Get();
        try
        {
            var predictions = new Prediction[rows.Count];
            var input = new ModelRow();
            var output = new ModelScore();
            for (var i = 0; i < rows.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                input.Features = rows[i].Features;
                engine.Predict(input, ref output);
                predictions[i] = Answer(output) ?? throw RowCheck.NoScore(isBatch ? i : null);
            }

            return predictions;
        }
        finally
        {
            _engines.Return(engine);
        }
    }

    /// <summary>Null if the model has no score, as for numbers that overflow in it.</summary>
    private Prediction? Answer(ModelScore output)
    {
        if (output.PredictedLabel == 0 || !output.Score.All(float.IsFinite))
        {
            return null;
        }

        var classes = Identity.Classes;
        var probabilities = new Dictionary<string, float>(classes.Length);
        for (var i = 0; i < classes.Length; i++)
        {
            probabilities.Add(classes[i], output.Score[i]);
        }

        return new Prediction(classes[output.PredictedLabel - 1], probabilities, _name);
    }

    /// <summary>What ML.NET says of a file that is empty or cut off is about positions in streams.</summary>
    private static void RequireZip(byte[] file)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file));
            _ = archive.Entries;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new InvalidDataException($"The file is not a zip, or not a whole one. It has {file.Length} bytes.");
        }
    }

    private static (ITransformer Model, DataViewSchema Schema) Read(MLContext context, byte[] zip)
    {
        try
        {
            return (context.Model.Load(new MemoryStream(zip), out var schema), schema);
        }
        catch (Exception exception)
        {
            throw Unusable(exception);
        }
    }

    /// <summary>ML.NET and ONNX Runtime throw exceptions of many types, whose messages are about entries, nodes and temporary files.</summary>
    private static InvalidDataException Unusable(Exception cause) =>
        new("The file is a zip, but not a model that ML.NET can load and score with. It is damaged, or something else.", cause);

    /// <summary>Compiles what the first request would wait for, and shows that the model scores.</summary>
    private void WarmUp()
    {
        try
        {
            var engine = _engines.Get();
            engine.Predict(new ModelRow { Features = new float[Identity.Features] });
            _engines.Return(engine);
        }
        catch (Exception exception)
        {
            throw Unusable(exception);
        }
    }
}
