using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Tests.Comparison;

/// <summary>Fits an estimator of ML.NET, and does what the test wants before.</summary>
internal sealed class StubEstimator(IEstimator<ITransformer> inner, Action<IDataView>? beforeFit = null, Action? onDispose = null) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input)
    {
        beforeFit?.Invoke(input);
        var model = inner.Fit(input);
        return onDispose is null ? model : new StubTransformer(model, onDispose);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);

    private sealed class StubTransformer(ITransformer inner, Action onDispose) : ITransformer, IDisposable
    {
        public bool IsRowToRowMapper => inner.IsRowToRowMapper;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(input);

        public void Save(ModelSaveContext ctx) => inner.Save(ctx);

        public void Dispose() => onDispose();
    }
}
