namespace Rnn.MLNet;

/// <summary>Whether the training rows are kept in memory.</summary>
public enum CacheRows
{
    /// <summary>They are, unless they would take more than half of the memory that the process may use; then they are streamed.</summary>
    Auto,

    /// <summary>They are read once and kept. Every epoch has a new order of all rows.</summary>
    All,

    /// <summary>
    /// They are read anew in every epoch, after a first pass that checks and counts them, and mixed in a bounded buffer. Memory
    /// does not depend on their number.
    /// </summary>
    None,
}
