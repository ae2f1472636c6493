using Microsoft.ML.Runtime;
using Rnn.MLNet.Native;

namespace Rnn.MLNet.Training;

/// <summary>
/// Combines the two ways to cancel a Fit in one token: the caller's token, and the <c>MLContext</c>, which can only be polled. It is polled
/// at every minibatch and, since reading rows may take long, by a timer.
/// </summary>
internal sealed class FitCancellation : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly IHost _host;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;
    private readonly Timer _timer;
    private bool _disposed;

    public FitCancellation(IHost host, CancellationToken caller)
    {
        _host = host;
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _timer = new Timer(_ => Ask(), null, Interval, Interval);
    }

    /// <summary>The combined token. If the context is cancelled, the timer cancels this token.</summary>
    public CancellationToken Token => _source.Token;

    public bool IsCanceled => _source.IsCancellationRequested || MLNetAccessors.IsCanceled(_host);

    /// <summary>Throws the exception that the caller expects: if the caller's token was cancelled, one with this token.</summary>
    /// <exception cref="OperationCanceledException">The caller's token or the context was cancelled.</exception>
    public void ThrowIfCanceled()
    {
        _caller.ThrowIfCancellationRequested();
        MLNetAccessors.ThrowIfCanceled(_host);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer.Dispose();
            _source.Dispose();
        }
    }

    private void Ask()
    {
        lock (_lock)
        {
            if (!_disposed && MLNetAccessors.IsCanceled(_host))
            {
                _source.Cancel();
            }
        }
    }
}
