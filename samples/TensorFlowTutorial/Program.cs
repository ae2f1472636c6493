using System.CommandLine;
using TensorFlowTutorial;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl+C ends the training after its minibatch; a second one ends the process.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
Console.OutputEncoding = System.Text.Encoding.UTF8;

var parsed = TutorialCommand.Create(stop.Token).Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"error: {parsed.Errors[0].Message} (--help lists the options)");
    return 2;
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped");
    return 130;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
    or InvalidOperationException or NotSupportedException or System.Runtime.InteropServices.ExternalException)
{
    Console.Error.WriteLine($"error: {exception.Message.Split('\n')[0]}");
    return 1;
}
