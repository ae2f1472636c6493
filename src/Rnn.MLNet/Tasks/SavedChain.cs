namespace Rnn.MLNet.Tasks;

/// <summary>The chain of transformers that makes up a saved model.</summary>
/// <param name="input">An empty view with the columns that the chain reads, to fit estimators on.</param>
internal sealed class SavedChain(IDataView input) : IDisposable
{
    private readonly List<ITransformer> _steps = [];

    public void Append(ITransformer transformer) => _steps.Add(transformer);

    /// <summary>Fits an estimator that needs no rows and appends its transformer.</summary>
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
