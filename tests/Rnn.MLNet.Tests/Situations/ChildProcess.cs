namespace Rnn.MLNet.Tests.Situations;

/// <summary>A process of its own that runs one situation: this test program once more.</summary>
internal static class ChildProcess
{
    /// <summary>The test program as an executable file. On .NET 8 it brings its runtime along and is started in no other way.</summary>
    private static readonly string Itself = Path.ChangeExtension(typeof(ChildProcess).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);

    /// <summary>Runs a situation to its end; a process that takes too long is ended and fails the test.</summary>
    public static Task<Ending> Run<TSituation>(params string[] args)
        where TSituation : ISituation => Run<TSituation>(environment: [], args);

    /// <summary>Runs a situation with environment variables.</summary>
    public static async Task<Ending> Run<TSituation>(Dictionary<string, string> environment, params string[] args)
        where TSituation : ISituation
    {
        using var process = Start<TSituation>(environment, args);
        return await End(process);
    }

    /// <summary>Runs another program with environment variables.</summary>
    public static async Task<Ending> Run(string program, Dictionary<string, string> environment, params string[] args)
    {
        using var process = Start(program, environment, args);
        return await End(process);
    }

    /// <summary>Starts a situation, for a test that does something to the process, such as killing it; then call <see cref="End"/>.</summary>
    public static Process Start<TSituation>(Dictionary<string, string> environment, params string[] args)
        where TSituation : ISituation
    {
        string[] situation = [Program.Situation, typeof(TSituation).FullName!, .. args];
        return Environment.ProcessPath == Itself
            ? Start(Itself, environment, situation)
            : Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", environment, [typeof(ChildProcess).Assembly.Location, .. situation]);
    }

    /// <summary>Waits for the end.</summary>
    public static async Task<Ending> End(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Hang.Limit, TestContext.Current.CancellationToken);
        }
        finally
        {
            process.Kill();
        }

        return new Ending(process.ExitCode, await output, await errors);
    }

    private static Process Start(string program, Dictionary<string, string> environment, string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>How a process ended.</summary>
    /// <param name="ExitCode">What its <c>Main</c> returned; 128 and a signal's number if one ended it.</param>
    /// <param name="Output">What it wrote.</param>
    /// <param name="Errors">What it wrote as errors.</param>
    internal sealed record Ending(int ExitCode, string Output, string Errors)
    {
        /// <summary>Asserts that the process ended well, and gives what it wrote, without the last line's end.</summary>
        public string Succeeded()
        {
            Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Output}{Errors}");
            return Output.TrimEnd();
        }
    }
}
