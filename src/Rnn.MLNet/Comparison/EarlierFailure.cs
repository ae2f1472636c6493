namespace Rnn.MLNet.Comparison;

/// <summary>Why a trial of an earlier run failed: the reason as the journal has it.</summary>
internal sealed class EarlierFailure(string reason) : Exception(reason)
{
    /// <summary>
    /// The innermost exception, which says what went wrong. One that says what the exception in it says, and more, was written for
    /// the reader and is kept.
    /// </summary>
    public static Exception Innermost(Exception exception) =>
        exception.InnerException is { } inner && !exception.Message.Contains(inner.Message, StringComparison.Ordinal)
        || exception is AggregateException or System.Reflection.TargetInvocationException && exception.InnerException is not null
            ? Innermost(exception.InnerException!)
            : exception;
}
