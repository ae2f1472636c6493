using System.CommandLine;
using BenchmarkDotNet.Running;
using Rnn.MLNet.Benchmarks.Defaults;
using Rnn.MLNet.Benchmarks.Growth;
using Rnn.MLNet.Benchmarks.Micro;
using Rnn.MLNet.Benchmarks.Pixels;
using Rnn.MLNet.Benchmarks.Recall;
using Rnn.MLNet.Benchmarks.Reliability;
using Rnn.MLNet.Benchmarks.Steps;
using Rnn.MLNet.Benchmarks.Web;
using Rnn.MLNet.Benchmarks.Windows;

// Exit codes: 0 for success, 1 for a failure, 2 for invalid arguments.
Console.OutputEncoding = System.Text.Encoding.UTF8;
if (args is [ChildTask.Switch, var task])
{
    ChildTask.Run(task);
    return 0;
}

if (args is [ReliabilityChild.Switch, .. var work])
{
    ReliabilityChild.Run(work);
    return 0;
}

(string[] Switches, Func<RootCommand> Create)[] commands =
[
    ([CompareCommand.Switch], CompareCommand.Create),
    (DefaultsCommand.Switches, DefaultsCommand.Create),
    ([GrowthCommand.Switch], GrowthCommand.Create),
    ([PixelsCommand.Switch], PixelsCommand.Create),
    ([RecallCommand.Switch], RecallCommand.Create),
    ([StepsCommand.Switch], StepsCommand.Create),
    ([WebCommand.Switch], WebCommand.Create),
    ([WindowsCommand.Switch], WindowsCommand.Create),
    (ReliabilityCommand.Switches, ReliabilityCommand.Create),
];
var isHelp = args.Length == 0 || args.Any(argument => argument is "--help" or "-h" or "-?");
var create = commands.FirstOrDefault(command => args.Intersect(command.Switches).Any()).Create;
if (!isHelp && create is null)
{
    var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarkConfig).Assembly).Run(args, new MicroBenchmarkConfig());
    return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
}

var command = (create ?? CompareCommand.Create)();
var parsed = command.Parse(isHelp ? ["--help"] : args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"error: {parsed.Errors[0].Message} (see --help)");
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
