namespace Rnn.MLNet.Experiments.Trials;

/// <summary>The model of a trial, in memory and on disk.</summary>
/// <param name="whole">The whole model, with the preprocessing, which other trials share.</param>
/// <param name="owned">The part of the model that is this trial's alone.</param>
/// <param name="temporaryPath">The file that the model was saved to, before it has its name; null if it could not be saved.</param>
internal sealed class TrialModel(ITransformer whole, ITransformer owned, string? temporaryPath)
{
    public ITransformer Whole => whole;

    public ITransformer Owned => owned;

    /// <summary>Where the model was saved; null if it could not be.</summary>
    public string? Path { get; private set; } = temporaryPath;

    /// <summary>Gives the saved model its name.</summary>
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

    /// <summary>Frees the model and deletes its file.</summary>
    /// <param name="used">A model that is still needed: a candidate may give the same one in several trials.</param>
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

    /// <summary>Frees a model. One of the user's own that fails in it harms nobody else.</summary>
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

    /// <summary>Deletes a file that is of no use any more, if that is possible.</summary>
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
