namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>The outcome of an input.</summary>
internal enum FuzzOutcome
{
    /// <summary>A clear error of a documented type.</summary>
    Refused,

    /// <summary>The correct result.</summary>
    Right,

    /// <summary>An incorrect result.</summary>
    Wrong,

    /// <summary>An exception that does not describe the problem, such as a null reference.</summary>
    Unclear,

    /// <summary>The process exited.</summary>
    Crash,

    /// <summary>No response in time.</summary>
    Hang,
}
