namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// A row that ML.NET's own trainers are fitted on. <c>LoadFromEnumerable</c> counts keys from 0, whereas columns count them from 1.
/// </summary>
internal sealed class PortableRow
{
    [ColumnName(SavedColumns.Scores)]
    public VBuffer<float> Probabilities { get; set; }

    [ColumnName(SavedClassColumns.Label)]
    public uint Label { get; set; }

    /// <summary>Creates a row with the unit vector of a class.</summary>
    public static PortableRow Unit(int classes, int label) => new() { Probabilities = new VBuffer<float>(classes, 1, [1], [label]), Label = (uint)label };

    /// <summary>Creates a row of a class with the zero vector.</summary>
    public static PortableRow Zero(int classes, int label) => new() { Probabilities = new VBuffer<float>(classes, 0, [], []), Label = (uint)label };
}
