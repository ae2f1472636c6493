using Microsoft.ML.Data;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>A row that ML.NET's own trainers are fitted on. In a view over objects keys count from 0, whereas in a column they count from 1.</summary>
internal sealed class PortableRow
{
    [ColumnName(SavedColumns.Scores)]
    public VBuffer<float> Probabilities { get; set; }

    [ColumnName(SavedClassColumns.Label)]
    public uint Label { get; set; }

    /// <summary>A row whose only probability is that of its class.</summary>
    public static PortableRow Unit(int classes, int label) => new() { Probabilities = new VBuffer<float>(classes, 1, [1], [label]), Label = (uint)label };

    /// <summary>A row of a class without any probability.</summary>
    public static PortableRow Zero(int classes, int label) => new() { Probabilities = new VBuffer<float>(classes, 0, [], []), Label = (uint)label };
}
