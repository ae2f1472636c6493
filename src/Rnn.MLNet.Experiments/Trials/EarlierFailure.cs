namespace Rnn.MLNet.Experiments.Trials;

/// <summary>Why a trial of an earlier run failed: the reason as the journal has it.</summary>
internal sealed class EarlierFailure(string reason) : Exception(reason)
{
    /// <summary>
    /// The innermost exception, which says what went wrong. One that says what the exception in it says, and more, was written for
    /// the reader and is kept.
    /// </summary>
    public static Exception Innermost(Exception exception) =>
        exception.InnerException is { } inner && !Text(exception).Contains(Text(inner), StringComparison.Ordinal)
        || exception is AggregateException or System.Reflection.TargetInvocationException && exception.InnerException is not null
            ? Innermost(exception.InnerException!)
            : exception;

    /// <summary>An exception's message. One of the user's own may have none, or fail in saying it.</summary>
    public static string Text(Exception exception)
    {
        try
        {
            return exception.Message ?? "";
        }
        catch (Exception)
        {
            return "(no message)";
        }
    }
}
