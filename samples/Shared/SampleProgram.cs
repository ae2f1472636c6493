using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Samples;

/// <summary>What every sample does around its work: Ctrl+C and SIGTERM, one clear line for an error, the exit code.</summary>
internal static class SampleProgram
{
    private const int Failed = 1;
    private const int BadArguments = 2;
    private const int Interrupted = 130;
    private const int Terminated = 143;

    /// <summary>
    /// Runs a command line and returns the exit code: 0 done, 1 failed, 2 bad arguments, 130 stopped with Ctrl+C, 143 with SIGTERM.
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
            Console.Error.WriteLine($"error: {parsed.Errors[0].Message} (--help lists the options)");
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
            // Libtorch's errors (ExternalException, out of memory for one) go on with lines of its own stack.
            Console.Error.WriteLine($"error: {exception.Message.Split('\n')[0]}");
            return Failed;
        }

        // The first signal asks the work to end and to keep what it has; a second one ends the process at once.
        void Stop(PosixSignalContext signal)
        {
            if (stop.IsCancellationRequested)
            {
                Process.GetCurrentProcess().Kill();
            }

            signal.Cancel = true;
            stopped = signal.Signal == PosixSignal.SIGTERM ? Terminated : Interrupted;
            Console.Error.WriteLine("stopping: what was learnt is kept (once more to end at once)");
            stop.Cancel();
        }
    }
}
