namespace Rnn.MLNet.Tasks;

/// <summary>What a saved model says about its task.</summary>
/// <param name="Kind">The kind of task, such as <c>classifier</c>.</param>
/// <param name="Columns">The names of the task's columns, by role, such as <c>Label</c>.</param>
internal sealed record SavedTask(string Kind, IReadOnlyDictionary<string, string> Columns);
