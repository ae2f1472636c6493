using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// Computes <c>Score</c> and <c>PredictedLabel</c> in a saved classifier. If the columns have these names and there are few classes, one
/// of ML.NET's predictors computes both from the probabilities, with all annotations (<see cref="IdentityPredictor"/>). Otherwise the ONNX
/// model also outputs a code of the most probable class, which two transformers convert to the label's key (<see cref="ClassKeyLookup"/>).
/// </summary>
internal sealed class ClassifierTail(MLContext context, ClassifierColumns columns, LabelKeys labels) : ISavedTail
{
    private readonly ClassKeyLookup? _lookup =
        IdentityPredictor.Serves(columns, labels.Count) ? null : new ClassKeyLookup(context, SavedClassColumns.ClassCode, labels.Count);

    public IReadOnlyList<string> NetworkColumns =>
    [
        SavedColumns.Scores,
        .. columns.ScoresOverTime is null ? [] : (string[])[SavedColumns.ScoresOverTime],
        .. _lookup is null ? [] : (string[])[SavedClassColumns.ClassCode],
    ];

    public IReadOnlyList<string>? SlotNames => _lookup is null ? null : labels.Names;

    public string? AddConstants(OnnxGraph graph) => _lookup is null ? null : graph.Weight("class_codes", _lookup.Codes, _lookup.Codes.Length);

    public void AddOutputs(OnnxGraph graph, string scores, string? constants)
    {
        if (constants is not null)
        {
            graph.Output(SavedClassColumns.ClassCode, AddWinner(graph, scores, constants), "The code of the most probable class, the first of equals.", 1);
        }
    }

    public void AppendTo(SavedChain chain)
    {
        if (_lookup is null)
        {
            chain.Append(IdentityPredictor.Create(context, labels));
        }
        else
        {
            foreach (var transformer in _lookup.Transformers(columns.PredictedLabel, labels))
            {
                chain.Append(transformer);
            }

            chain.Fit(context.Transforms.CopyColumns(columns.Score, SavedColumns.Scores));
        }

        if (columns.ScoresOverTime is { } name)
        {
            chain.Fit(context.Transforms.CopyColumns(name, SavedColumns.ScoresOverTime));
        }
    }

    private static string AddWinner(OnnxGraph graph, string probabilities, string codes)
    {
        var index = graph.Add("ArgMax", [probabilities], OnnxGraph.Integer("axis", 0), OnnxGraph.Integer("keepdims", 1));
        var code = graph.Add("Gather", [codes, index]);
        // ArgMax returns an index for NaNs too. Adding 0 × the sum of the probabilities makes the code NaN for these rows only.
        var sum = graph.Add("ReduceSum", [probabilities, graph.Constant(0L)], OnnxGraph.Integer("keepdims", 1));
        var missing = graph.Add("Mul", [sum, graph.Constant(0f)]);
        return graph.Add("Add", [code, missing]);
    }
}
