namespace Rnn.MLNet.Tests.Experiments;

/// <summary>Fits an estimator of ML.NET, and does what the test wants before and after.</summary>
internal sealed class StubEstimator(
    IEstimator<ITransformer> inner, Action<IDataView>? beforeFit = null, Action? onDispose = null, Func<IDataView, IDataView>? beforeTransform = null,
    Func<ITransformer, ITransformer>? fitted = null) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input)
    {
        beforeFit?.Invoke(input);
        var model = inner.Fit(input);
        model = onDispose is null && beforeTransform is null ? model : new StubTransformer(model, onDispose, beforeTransform);
        return fitted is null ? model : fitted(model);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);

    private sealed class StubTransformer(ITransformer inner, Action? onDispose, Func<IDataView, IDataView>? beforeTransform) : ITransformer, IDisposable
    {
        public bool IsRowToRowMapper => inner.IsRowToRowMapper;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(beforeTransform is null ? input : beforeTransform(input));

        public void Save(ModelSaveContext ctx) => inner.Save(ctx);

        public void Dispose() => onDispose?.Invoke();
    }
}
