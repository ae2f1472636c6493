namespace Rnn.MLNet.Windows;

/// <summary>Names rows of the source in error messages.</summary>
/// <param name="row">The row or cursor of the source.</param>
/// <param name="groups">The groups of the rows; null if they all belong to one series.</param>
internal sealed class RowPlace(DataViewRow row, IGroups? groups)
{
    /// <summary>Names the current row, which belongs to a group.</summary>
    public string Of(int group) => $"row {row.Position} (counted from 0{(groups is null ? "" : $"; group {groups.Describe(group)}")})";
}
