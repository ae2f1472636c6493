namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>
/// The <see cref="SchemaShape"/> of a view. ML.NET makes it only inside a chain of estimators, so this one listens there.
/// </summary>
internal sealed class SchemaShapeProbe : IEstimator<ITransformer>
{
    private SchemaShape? _shape;

    private SchemaShapeProbe()
    {
    }

    public static SchemaShape Of(IDataView view)
    {
        var listener = new SchemaShapeProbe();
        new EstimatorChain<ITransformer>().Append(listener).Fit(view);
        return listener._shape!;
    }

    public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _shape = inputSchema;
}
