namespace Rnn.MLNet.Tasks;

/// <summary>What a saved model says about its task.</summary>
/// <param name="Kind">The kind of task, such as <c>classifier</c>.</param>
/// <param name="Columns">The names of the task's columns, by role, such as <c>Label</c>; null for a column that it does not have.</param>
internal sealed record SavedTask(string Kind, IReadOnlyDictionary<string, string?> Columns)
{
    /// <summary>Returns the name of a column that every model of this kind has.</summary>
    /// <exception cref="InvalidDataException">The model does not say it.</exception>
    public string Column(string role) =>
        Columns.GetValueOrDefault(role) ?? throw new InvalidDataException($"The model does not say what its {role} column is.");
}
