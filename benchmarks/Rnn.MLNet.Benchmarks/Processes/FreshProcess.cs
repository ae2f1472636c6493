namespace Rnn.MLNet.Benchmarks.Processes;

/// <summary>Runs a new process of this program with other arguments.</summary>
internal static class FreshProcess
{
    /// <summary>Starts the process. The caller must read both its standard output and its standard error.</summary>
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

    /// <summary>Runs the process until it exits.</summary>
    public static (int ExitCode, string Output, string Errors) Run(IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        // Read both concurrently: a full pipe would block the child.
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
