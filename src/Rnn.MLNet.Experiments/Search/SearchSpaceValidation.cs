using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Settings;
using static Rnn.MLNet.OptionRequirement;

namespace Rnn.MLNet.Experiments.Search;

/// <summary>Validates a search space before the first trial; each error names the property and its value.</summary>
internal static class SearchSpaceValidation
{
    public static void Validate(RnnSearchSpace space)
    {
        Require(space.Cells is { Count: > 0 } && !space.Cells.Contains(null!), nameof(space.Cells), Listed(space.Cells), "a non-empty list without null");
        Require(space.Units is var (few, many) && few >= 1 && few <= many, nameof(space.Units), space.Units, "a range with 1 <= From <= To");
        Require(space.Layers is var (flat, deep) && flat >= 1 && flat <= deep, nameof(space.Layers), space.Layers, "a range with 1 <= From <= To");
        Require(space.LearningRate is var (slow, fast) && slow > 0 && slow <= fast && double.IsFinite(fast), nameof(space.LearningRate), space.LearningRate, "a finite range with 0 < From <= To");
        Require(space.Dropout is var (least, most) && least >= 0 && least <= most && most < 1, nameof(space.Dropout), space.Dropout, "a range with 0 <= From <= To < 1");
        Require(space.Bidirectional is { Count: > 0 }, nameof(space.Bidirectional), Listed(space.Bidirectional), "false, true or both");
        Require(space.BatchSize is null || (space.BatchSize.Count > 0 && space.BatchSize.All(size => size >= 1)), nameof(space.BatchSize), Listed(space.BatchSize), "a non-empty list of sizes of at least 1, or null");
        Require(space.ReadOut is { Count: > 0 } && space.ReadOut.All(Enum.IsDefined), nameof(space.ReadOut), Listed(space.ReadOut), ListOf<ReadOut>());
        Require(space.InputScaling is { Count: > 0 } && space.InputScaling.All(Enum.IsDefined), nameof(space.InputScaling), Listed(space.InputScaling), ListOf<InputScaling>());
    }

    private static string ListOf<T>()
        where T : struct, Enum => $"a non-empty list of values of {string.Join(", ", Enum.GetNames<T>())}";

    private static string? Listed<T>(IEnumerable<T>? values) =>
        values is null ? null : InvariantText.Of(() => $"[{string.Join(", ", values.Select(value => value?.ToString() ?? "null"))}]");
}
