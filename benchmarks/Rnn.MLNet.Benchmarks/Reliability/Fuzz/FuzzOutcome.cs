namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>What became of one input.</summary>
internal enum FuzzOutcome
{
    /// <summary>An error that says what is wrong, of a type that the documentation names.</summary>
    Refused,

    /// <summary>Everything agrees with what is right.</summary>
    Right,

    /// <summary>An answer that is not the right one.</summary>
    Wrong,

    /// <summary>An exception that says nothing of the input, such as a null reference.</summary>
    Unclear,

    /// <summary>The process ended.</summary>
    Crash,

    /// <summary>No answer in time.</summary>
    Hang,
}
