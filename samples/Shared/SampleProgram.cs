using System.CommandLine;
using System.Runtime.InteropServices;

namespace Samples;

/// <summary>What every sample does around its work: Ctrl+C, one clear line for an error, the exit code.</summary>
internal static class SampleProgram
{
    private const int Failed = 1;
    private const int BadArguments = 2;
    private const int Stopped = 130;

    /// <summary>Runs a command line and returns the exit code: 0 done, 1 failed, 2 bad arguments, 130 stopped with Ctrl+C.</summary>
    public static int Run(Func<CancellationToken, RootCommand> create, string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            // The first Ctrl+C asks the work to end, a second one ends the process.
            pressed.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        };
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
            return Stopped;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
            or InvalidOperationException or NotSupportedException or ExternalException)
        {
            // Libtorch's errors (ExternalException, out of memory for one) go on with lines of its own stack.
            Console.Error.WriteLine($"error: {exception.Message.Split('\n')[0]}");
            return Failed;
        }
    }
}
