namespace Rnn.MLNet.Tests.Situations;

/// <summary>
/// Something that must happen in a process of its own: it ends the process, may crash it, or changes what the whole process shares.
/// A test runs it with <see cref="ChildProcess"/>.
/// </summary>
internal interface ISituation
{
    /// <summary>What the other process does.</summary>
    /// <param name="args">What the test gave it.</param>
    /// <returns>The exit code.</returns>
    static abstract int Main(string[] args);
}
