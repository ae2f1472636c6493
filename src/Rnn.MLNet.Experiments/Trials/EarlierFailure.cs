namespace Rnn.MLNet.Experiments.Trials;

/// <summary>The failure of a trial of an earlier run, with the reason recorded in the journal.</summary>
internal sealed class EarlierFailure(string reason) : Exception(reason)
{
    /// <summary>
    /// Returns the innermost exception, which describes the actual error. An exception whose message includes that of its inner exception adds
    /// information and is returned itself.
    /// </summary>
    public static Exception Innermost(Exception exception) =>
        exception.InnerException is { } inner && !Text(exception).Contains(Text(inner), StringComparison.Ordinal)
        || exception is AggregateException or System.Reflection.TargetInvocationException && exception.InnerException is not null
            ? Innermost(exception.InnerException!)
            : exception;

    /// <summary>Returns an exception's message. The Message of a user-defined exception may be null or throw.</summary>
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
