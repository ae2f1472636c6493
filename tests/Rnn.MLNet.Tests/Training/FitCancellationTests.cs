using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.Training;

/// <summary>A fit is cancelled by its caller's token or by its context, and says by which.</summary>
public sealed class FitCancellationTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly CancellationTokenSource _caller = new();
    private readonly FitCancellation _cancellation;

    public FitCancellationTests() => _cancellation = new FitCancellation(Host(), _caller.Token);

    public void Dispose()
    {
        _cancellation.Dispose();
        _caller.Dispose();
    }

    [Fact]
    public void By_nobody()
    {
        _cancellation.ThrowIfCanceled();
        MLNetAccessors.ThrowIfCanceled(Host());
        Assert.False(_cancellation.IsCanceled);
        Assert.True(_cancellation.Token.CanBeCanceled);
        Assert.False(_cancellation.Token.IsCancellationRequested);
    }

    [Fact]
    public void By_the_caller()
    {
        _caller.Cancel();

        Assert.True(_cancellation.IsCanceled);
        Assert.True(_cancellation.Token.IsCancellationRequested);
        Assert.Equal(_caller.Token, Assert.Throws<OperationCanceledException>(_cancellation.ThrowIfCanceled).CancellationToken);
    }

    [Fact]
    public void By_the_context()
    {
        MLNetAccessors.Cancel(_context);

        Assert.True(_cancellation.IsCanceled);
        Assert.Equal("The MLContext was cancelled.", Assert.Throws<OperationCanceledException>(_cancellation.ThrowIfCanceled).Message);
        Assert.True(_cancellation.Token.WaitHandle.WaitOne(TimeSpan.FromMinutes(1)));
        Assert.False(_caller.IsCancellationRequested);
    }

    [Fact]
    public void Afterwards_it_holds_on_to_no_token()
    {
        _cancellation.Dispose();
        _cancellation.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _cancellation.Token);
        _caller.Cancel();
    }

    [Fact]
    public void Who_is_cancelled_already_reads_no_row()
    {
        var data = new AwkwardView(SyntheticSequences.Keyed(_context, 24)) { FailsAt = 0 };
        _caller.Cancel();

        Assert.Equal(
            _caller.Token,
            Assert.ThrowsAny<OperationCanceledException>(
                () => _context.Transforms.RnnClassifier(SyntheticSequences.Options with { CancellationToken = _caller.Token }).Fit(data)).CancellationToken);
    }

    private IHost Host() => MLNetAccessors.EnvironmentOf(_context.Transforms).Register("Test");
}
