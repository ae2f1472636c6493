using System.Data.Common;

namespace Rnn.MLNet.Tests.Native;

/// <summary>What libtorch throws is distinguished from what the application throws, and lack of memory from any other failure.</summary>
public sealed class NativeFailureTests
{
    [Fact]
    public void Libtorchs_errors_and_want_of_memory_are_some()
    {
        Assert.True(NativeFailure.Is(new ExternalException("size mismatch")));
        Assert.True(NativeFailure.Is(new SEHException()));
        Assert.True(NativeFailure.Is(new OutOfMemoryException()));
    }

    [Fact]
    public void The_applications_own_errors_are_none()
    {
        Assert.False(NativeFailure.Is(new DatabaseFailure()));
        Assert.False(NativeFailure.Is(new COMException()));
        Assert.False(NativeFailure.Is(new IOException("out of memory")));
        Assert.False(NativeFailure.Is(new InvalidOperationException()));
    }

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 20 GiB")]
    [InlineData("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")]
    [InlineData("DefaultCPUAllocator: Not Enough Memory: you tried to allocate 9 bytes")]
    public void Want_of_memory_comes_with_advice(string message)
    {
        var cause = new ExternalException(message + " \n   at libtorch\n   at libc");

        var explained = NativeFailure.Explain(cause, "Training 3 rows", "Train fewer.");

        Assert.Equal($"Training 3 rows takes more memory than there is. Train fewer. The cause was: {message}", explained.Message);
        Assert.Same(cause, explained.InnerException);
    }

    [Fact]
    public void So_it_does_where_NET_has_none_whatever_the_words()
    {
        Assert.Equal(
            "Training 3 rows takes more memory than there is. Train fewer. The cause was: Array dimensions exceeded supported range.",
            NativeFailure.Explain(new OutOfMemoryException("Array dimensions exceeded supported range."), "Training 3 rows", "Train fewer.").Message);
    }

    [Fact]
    public void Anything_else_says_what_failed()
    {
        var cause = new ExternalException("size mismatch\n   at libtorch");

        var explained = NativeFailure.Explain(cause, "Training 3 rows", "Train fewer.");

        Assert.Equal("Training 3 rows failed in libtorch: size mismatch", explained.Message);
        Assert.Same(cause, explained.InnerException);
    }

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 20 GiB.", "takes more memory than there is. Train fewer. The cause was:")]
    [InlineData("size mismatch", "failed in libtorch:")]
    public void Of_a_script_it_is_the_error_and_not_that_one_failed(string error, string said)
    {
        var cause = new ExternalException(
            "The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript (most recent call last):\n" +
            $"  File \"<string>\", line 5, in run\n    outputs, h, c = torch.lstm(x)\n                    ~~~~~~~~~~ <--- HERE\nRuntimeError: {error} \nException raised from");

        Assert.Equal($"Training 3 rows {said} {error}", NativeFailure.Explain(cause, "Training 3 rows", "Train fewer.").Message);
    }

    [Fact]
    public void Of_a_script_that_names_no_error_it_is_that_one_failed()
    {
        var cause = new ExternalException("The following operation failed in the TorchScript interpreter.\nNobody knows why.");

        Assert.Equal(
            "Training 3 rows failed in libtorch: The following operation failed in the TorchScript interpreter.",
            NativeFailure.Explain(cause, "Training 3 rows", "Train fewer.").Message);
    }

    private sealed class DatabaseFailure : DbException;
}
