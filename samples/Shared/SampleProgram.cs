using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Samples;

/// <summary>The entry point of all samples: handles Ctrl+C and SIGTERM, prints errors as one line, and returns the exit code.</summary>
internal static class SampleProgram
{
    private const int Failed = 1;
    private const int BadArguments = 2;
    private const int Interrupted = 130;
    private const int Terminated = 143;

    /// <summary>
    /// Runs a command line and returns the exit code: 0 for success, 1 for an error, 2 for invalid arguments, 130 after Ctrl+C, 143 after SIGTERM.
    /// </summary>
    public static int Run(Func<CancellationToken, RootCommand> create, string[] args)
    {
        using var stop = new CancellationTokenSource();
        int stopped = Interrupted;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Console.OutputEncoding = System.Text.Encoding.UTF8;

        var parsed = create(stop.Token).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine($"error: {parsed.Errors[0].Message} (see --help)");
            return BadArguments;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("stopped");
            return stopped;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
            or InvalidOperationException or NotSupportedException or ExternalException)
        {
            // Libtorch's errors (ExternalException, for example out of memory) end with lines of the native stack.
            Console.Error.WriteLine($"error: {exception.Message.Split('\n')[0]}");
            return Failed;
        }

        // The first signal cancels the work, which keeps its results so far; a second one kills the process.
        void Stop(PosixSignalContext signal)
        {
            if (stop.IsCancellationRequested)
            {
                Process.GetCurrentProcess().Kill();
            }

            signal.Cancel = true;
            stopped = signal.Signal == PosixSignal.SIGTERM ? Terminated : Interrupted;
            Console.Error.WriteLine("stopping and keeping the results so far (repeat to kill the process)");
            stop.Cancel();
        }
    }
}
