namespace Rnn.MLNet.Tests.Situations;

/// <summary>A process that ends in the midst of this library's work ends as it wanted to, and does not crash.</summary>
public sealed class ProcessEndTests
{
    [Theory]
    [InlineData("fit", "return")]
    [InlineData("fit", "exit")]
    [InlineData("fit", "from progress")]
    [InlineData("transform", "return")]
    [InlineData("predict", "exit")]
    public async Task The_exit_code_is_the_programs_own(string work, string end)
    {
        var ending = await ChildProcess.Run<ExitDuringWork>(work, end);

        Assert.True(ending.ExitCode == ExitDuringWork.ExitCode, $"exit code {ending.ExitCode}: {ending.Errors}");
        Assert.Equal("", ending.Errors);
    }

    [Fact]
    public async Task It_may_come_while_libtorch_is_being_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks for what the system has loaded.");

        var ending = await ChildProcess.Run<ExitWhileLoading>();

        Assert.True(ending.ExitCode == ExitDuringWork.ExitCode, $"exit code {ending.ExitCode}: {ending.Errors}");
        Assert.Equal("", ending.Errors);
    }

    [Fact]
    public async Task A_request_to_terminate_ends_it_as_any_program()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It sends a signal.");
        using var process = ChildProcess.Start<ExitDuringWork>([], "fit", "signal");
        Assert.Equal("running", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var ending = await ChildProcess.End(process);
        Assert.True(ending.ExitCode == 128 + 15, $"exit code {ending.ExitCode}: {ending.Errors}");
    }

    [Fact]
    public async Task Work_that_begins_when_the_process_ends_is_refused()
    {
        var ending = await ChildProcess.Run<WorkAtExit>();

        Assert.Equal("OperationCanceledException: The process is ending.", ending.Succeeded());
    }
}
