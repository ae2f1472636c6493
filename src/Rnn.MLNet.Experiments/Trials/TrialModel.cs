namespace Rnn.MLNet.Experiments.Trials;

/// <summary>The model of a trial, in memory and on disk.</summary>
/// <param name="whole">The whole model, including the preprocessing, which all trials share.</param>
/// <param name="owned">The part of the model that belongs to this trial alone.</param>
/// <param name="temporaryPath">The path of the temporary file that the model was saved to; null if it could not be saved.</param>
internal sealed class TrialModel(ITransformer whole, ITransformer owned, string? temporaryPath)
{
    public ITransformer Whole => whole;

    public ITransformer Owned => owned;

    /// <summary>The path of the saved model; null if it could not be saved.</summary>
    public string? Path { get; private set; } = temporaryPath;

    /// <summary>Renames the temporary file to its final path.</summary>
    public void KeepFile(string path)
    {
        if (Path is null)
        {
            return;
        }

        try
        {
            File.Move(Path, path, overwrite: true);
            Path = path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Delete(Path);
            Path = null;
        }
    }

    /// <summary>Disposes the model and deletes its file.</summary>
    /// <param name="used">A model that is still in use and must not be disposed: a candidate may return the same model in several trials.</param>
    public void Discard(ITransformer? used = null)
    {
        if (owned != used)
        {
            Free(owned);
        }

        if (Path is not null)
        {
            Delete(Path);
        }
    }

    /// <summary>Disposes a model. Exceptions are ignored, because a user-defined model that fails must not affect other trials.</summary>
    public static void Free(ITransformer? model)
    {
        try
        {
            (model as IDisposable)?.Dispose();
        }
        catch (Exception)
        {
        }
    }

    /// <summary>Deletes a file, if possible.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
