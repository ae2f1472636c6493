namespace Rnn.MLNet.Benchmarks.Windows;

/// <summary>The order of the rows of a log.</summary>
internal enum LogOrder
{
    /// <summary>In the order of time: one row of each group after the other.</summary>
    Interleaved,

    /// <summary>One group after the other.</summary>
    Grouped,
}
