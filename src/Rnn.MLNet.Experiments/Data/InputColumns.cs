using Rnn.MLNet.Tasks.Classification;

namespace Rnn.MLNet.Experiments.Data;

/// <summary>Validates the columns of the training and validation data.</summary>
internal static class InputColumns
{
    public static void CheckLabel(DataViewSchema schema, string label)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        if (schema.GetColumnOrNull(label) is null)
        {
            throw new ArgumentException(
                $"The training data has no label column '{label}'; its columns are {string.Join(", ", schema.Select(column => $"'{column.Name}'").Distinct())}.");
        }
    }

    public static void CheckSame(DataViewSchema train, DataViewSchema validation)
    {
        foreach (var expected in train.Where(column => !column.IsHidden))
        {
            if (validation.GetColumnOrNull(expected.Name) is not { } found)
            {
                throw new ArgumentException($"The validation set has no column '{expected.Name}' ({expected.Type}), which the training data has.");
            }

            if (HasKeys(expected.Type) && HasKeys(found.Type))
            {
                CheckSameClasses(expected, found);
            }

            if (!found.Type.Equals(expected.Type))
            {
                throw new ArgumentException($"The column '{expected.Name}' of the validation set must be of type {expected.Type}, as in the training data; it is {found.Type}.");
            }
        }
    }

    private static bool HasKeys(DataViewType type) => type is KeyDataViewType or VectorDataViewType { ItemType: KeyDataViewType };

    /// <summary>Throws if the same key stands for different values in the two columns.</summary>
    public static void CheckSameClasses(DataViewSchema.Column train, DataViewSchema.Column validation)
    {
        var (expected, found) = (LabelKeys.Of(train), LabelKeys.Of(validation));
        if (!expected.Agrees(found))
        {
            throw new ArgumentException(
                $"The keys of the column '{train.Name}' stand for different values in the validation set than in the training data: expected {expected}, found {found}. Map both with the same fitted MapValueToKey, or leave the mapping to the experiment.");
        }
    }
}
