using Compare;

// Exit codes: 0 done, 1 failed, 2 bad arguments. Ctrl+C ends the comparison with the best so far.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl+C ends the comparison, a second one the process.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
Console.OutputEncoding = System.Text.Encoding.UTF8;

var parsed = CompareCommand.Create(options => options.Mode switch
{
    CompareMode.Strategies => StrategyComparison.Run(options, stop.Token),
    CompareMode.Memory => MemoryComparison.Run(options, stop.Token),
    _ => CandidateComparison.Run(options, stop.Token),
}).Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"error: {parsed.Errors[0].Message} (--help lists the options)");
    return 2;
}

try
{
    return parsed.Invoke(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
    or InvalidOperationException or NotSupportedException)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 1;
}
