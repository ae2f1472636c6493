using Rnn.MLNet.Tasks.Classification;

namespace Rnn.MLNet.Experiments.Metrics;

/// <summary>
/// Reorders a model's labels and scores to the order of the experiment's classes. A candidate that maps the label again may number the
/// same classes differently.
/// </summary>
internal sealed class ClassOrder
{
    /// <summary>The experiment's class number for each class of the model; null if the orders are the same.</summary>
    private readonly int[]? _places;
    private readonly float[] _ordered;

    /// <param name="label">The label column in the model's output.</param>
    /// <param name="classes">The experiment's classes.</param>
    /// <exception cref="InvalidOperationException">The label is not a key, or its classes differ from the experiment's.</exception>
    public ClassOrder(DataViewSchema.Column label, IReadOnlyList<string> classes)
    {
        _ordered = new float[classes.Count];
        if (label.Type is not KeyDataViewType)
        {
            throw new InvalidOperationException($"The label '{label.Name}' must still be a key in the model's output; it is {label.Type}.");
        }

        var own = LabelKeys.Of(label);
        if (own.Count == classes.Count && (own.Names is null || own.Names.SequenceEqual(classes)))
        {
            return;
        }

        if (own.Names is null || !own.Names.Order(StringComparer.Ordinal).SequenceEqual(classes.Order(StringComparer.Ordinal)))
        {
            throw new InvalidOperationException(
                $"The label '{label.Name}' stands for different classes in the model's output than in its input: expected {string.Join(", ", classes.Take(5))}{(classes.Count > 5 ? ", …" : "")}, found {own}. Leave its mapping to the experiment.");
        }

        var places = classes.Select((name, place) => (name, place)).ToLookup(item => item.name, item => item.place);
        _places = [.. own.Names.Select(name => places[name].First())];
    }

    /// <summary>Returns the experiment's number for a class of the model; a negative number, an unknown class, is returned unchanged.</summary>
    public int Of(int label) => _places is null || label < 0 ? label : _places[label];

    /// <summary>Returns the scores in the experiment's order. The span is valid until the next call.</summary>
    public ReadOnlySpan<float> Of(float[] scores)
    {
        if (_places is null)
        {
            return scores;
        }

        for (var i = 0; i < scores.Length; i++)
        {
            _ordered[_places[i]] = scores[i];
        }

        return _ordered;
    }
}
