using System.CommandLine;
using BenchmarkDotNet.Running;
using Rnn.MLNet.Benchmarks.Comparison;
using Rnn.MLNet.Benchmarks.Micro;
using Rnn.MLNet.Benchmarks.Processes;

// Exit codes: 0 done, 1 failed, 2 bad arguments.
Console.OutputEncoding = System.Text.Encoding.UTF8;
if (args is [ChildTask.Switch, var task])
{
    ChildTask.Run(task);
    return 0;
}

var isHelp = args.Length == 0 || args.Any(argument => argument is "--help" or "-h" or "-?");
if (!isHelp && !args.Contains(CompareCommand.Switch))
{
    var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarkConfig).Assembly).Run(args, new MicroBenchmarkConfig());
    return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
}

var parsed = CompareCommand.Create().Parse(isHelp ? ["--help"] : args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"error: {parsed.Errors[0].Message} (--help lists the options)");
    return 2;
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
    or InvalidOperationException)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 1;
}
