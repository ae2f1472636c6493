using System.Runtime.InteropServices;

namespace Rnn.MLNet.Native;

/// <summary>Translates exceptions of libtorch and out-of-memory errors into the documented exception, with advice on what to do.</summary>
internal static class NativeFailure
{
    private const string FailedInScript = "The following operation failed in the TorchScript interpreter";
    private const string ScriptError = "RuntimeError: ";

    private static readonly string[] SaysOutOfMemory = ["out of memory", "can't allocate memory", "not enough memory"];

    /// <summary>Returns whether an exception comes from libtorch or reports a lack of memory.</summary>
    // TorchSharp throws ExternalException itself. Derived types, such as the exceptions of databases, come from the application.
    public static bool Is(Exception exception) =>
        exception is OutOfMemoryException or SEHException || exception.GetType() == typeof(ExternalException);

    /// <summary>Creates the exception to throw instead.</summary>
    /// <param name="exception">The original exception, which becomes the inner exception.</param>
    /// <param name="work">The operation and its sizes, as the subject of a sentence: "Training …".</param>
    /// <param name="advice">How to reduce the memory that the operation needs, as a sentence.</param>
    public static InvalidOperationException Explain(Exception exception, string work, string advice)
    {
        var cause = Cause(exception.Message);
        return IsOutOfMemory(exception)
            ? new InvalidOperationException($"{work} takes more memory than there is. {advice} The cause was: {cause}", exception)
            : new InvalidOperationException($"{work} failed in libtorch: {cause}", exception);
    }

    /// <summary>
    /// Returns the first line of the message, which libtorch's call stack follows. If a script failed, the first line only says so, the following
    /// lines contain the position in the script, and the error itself follows a prefix.
    /// </summary>
    private static string Cause(string message)
    {
        var lines = message.Split('\n');
        var inScript = lines[0].StartsWith(FailedInScript, StringComparison.Ordinal)
            ? Array.Find(lines, line => line.StartsWith(ScriptError, StringComparison.Ordinal))
            : null;
        return (inScript?[ScriptError.Length..] ?? lines[0]).Trim();
    }

    private static bool IsOutOfMemory(Exception exception) =>
        exception is OutOfMemoryException || SaysOutOfMemory.Any(text => exception.Message.Contains(text, StringComparison.OrdinalIgnoreCase));
}
