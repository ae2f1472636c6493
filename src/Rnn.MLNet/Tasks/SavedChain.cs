namespace Rnn.MLNet.Tasks;

/// <summary>Transformers one behind the other, fitted on a view without rows: what a saved model consists of.</summary>
internal sealed class SavedChain(IDataView input) : IDisposable
{
    private readonly List<ITransformer> _steps = [];

    /// <summary>Appends a transformer.</summary>
    public void Append(ITransformer transformer) => _steps.Add(transformer);

    /// <summary>Fits an estimator that needs no rows and appends what comes of it.</summary>
    public void Fit(IEstimator<ITransformer> estimator) => Append(estimator.Fit(ToTransformer().Transform(input)));

    public TransformerChain<ITransformer> ToTransformer() => new([.. _steps]);

    public void Dispose()
    {
        foreach (var step in _steps.OfType<IDisposable>())
        {
            step.Dispose();
        }
    }
}
