using Rnn.MLNet.Tasks.Classification;

namespace Rnn.MLNet.Experiments.Metrics;

/// <summary>
/// Brings the labels and the scores of a model into the order of the experiment's classes: a candidate that maps the label once more
/// may number the same classes differently.
/// </summary>
internal sealed class ClassOrder
{
    /// <summary>For each class of the model the experiment's; null where they are the same.</summary>
    private readonly int[]? _places;
    private readonly float[] _ordered;

    /// <param name="label">The label column after the model.</param>
    /// <param name="classes">The experiment's classes.</param>
    /// <exception cref="InvalidOperationException">The label stands for other classes.</exception>
    public ClassOrder(DataViewSchema.Column label, IReadOnlyList<string> classes)
    {
        _ordered = new float[classes.Count];
        if (label.Type is not KeyDataViewType)
        {
            throw new InvalidOperationException($"The label '{label.Name}' must still be a key after the model; it is {label.Type}.");
        }

        var own = LabelKeys.Of(label);
        if (own.Count == classes.Count && (own.Names is null || own.Names.SequenceEqual(classes)))
        {
            return;
        }

        if (own.Names is null || !own.Names.Order(StringComparer.Ordinal).SequenceEqual(classes.Order(StringComparer.Ordinal)))
        {
            throw new InvalidOperationException(
                $"The label '{label.Name}' stands for other classes after the model than before it: expected {string.Join(", ", classes.Take(5))}{(classes.Count > 5 ? ", …" : "")}, found {own}. Leave its mapping to the experiment.");
        }

        var places = classes.Select((name, place) => (name, place)).ToLookup(item => item.name, item => item.place);
        _places = [.. own.Names.Select(name => places[name].First())];
    }

    /// <summary>The experiment's class for one of the model's; negative ones stay.</summary>
    public int Of(int label) => _places is null || label < 0 ? label : _places[label];

    /// <summary>The scores in the experiment's order, until the next call.</summary>
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
