using System.Runtime.InteropServices;

namespace Rnn.MLNet.Native;

/// <summary>Turns what libtorch and the system throw into the exception that the documentation names, with what to do about it.</summary>
internal static class NativeFailure
{
    private const string FailedInScript = "The following operation failed in the TorchScript interpreter";
    private const string ScriptError = "RuntimeError: ";

    private static readonly string[] SaysOutOfMemory = ["out of memory", "can't allocate memory", "not enough memory"];

    /// <summary>Whether an exception is libtorch's, which has no other type for its own, or says that memory is short.</summary>
    // A database's exceptions derive from libtorch's type, and are the application's own.
    public static bool Is(Exception exception) =>
        exception is OutOfMemoryException or SEHException || exception.GetType() == typeof(ExternalException);

    /// <summary>The exception to throw instead.</summary>
    /// <param name="exception">The cause.</param>
    /// <param name="work">What was done, with its sizes: "Training …".</param>
    /// <param name="advice">What takes less memory.</param>
    public static InvalidOperationException Explain(Exception exception, string work, string advice)
    {
        var cause = Cause(exception.Message);
        return IsOutOfMemory(exception)
            ? new InvalidOperationException($"{work} takes more memory than there is. {advice} The cause was: {cause}", exception)
            : new InvalidOperationException($"{work} failed in libtorch: {cause}", exception);
    }

    /// <summary>
    /// The first line: behind it comes libtorch's call stack. Of what failed in a script, that line says only so, then come the places in the
    /// script, and then the error.
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
