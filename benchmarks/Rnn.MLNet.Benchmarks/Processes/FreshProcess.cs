namespace Rnn.MLNet.Benchmarks.Processes;

/// <summary>This program once more, with other arguments.</summary>
internal static class FreshProcess
{
    /// <summary>Starts it; whoever starts it reads both of its outputs.</summary>
    public static Process Start(IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, typeof(FreshProcess).Assembly.GetName().Name + ".dll"));
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Output, string Errors) Run(IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        // Both at once: a full pipe would stop the child.
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
