namespace Rnn.MLNet;

/// <summary>Whether training and validation rows are kept in memory.</summary>
public enum CacheRows
{
    /// <summary>Keeps the rows in memory unless they need more than half of the memory available to the process; otherwise streams them.</summary>
    Auto,

    /// <summary>Reads the rows once and keeps them in memory. All rows are reshuffled in every epoch.</summary>
    All,

    /// <summary>
    /// Streams the rows from their source in every epoch, after a first pass that validates and counts them, and shuffles them in a
    /// bounded buffer. Memory use does not depend on the number of rows.
    /// </summary>
    None,
}
