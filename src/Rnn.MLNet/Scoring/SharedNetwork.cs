using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// The native memory of a model: its network and, from the first row that is scored alone, that network in ONNX Runtime. It is freed
/// when the model has been disposed of and nobody reads it any more, whichever comes later.
/// </summary>
internal sealed class SharedNetwork : IDisposable
{
    private readonly RecurrentNetwork _network;
    private readonly Type _model;
    private readonly Lazy<OnnxSession> _session;

    // The model counts as one until it is disposed of, and so does each lease.
    private int _holders = 1;
    private int _disposed;

    /// <param name="network">The network.</param>
    /// <param name="task">What it was trained for.</param>
    /// <param name="model">The type that users dispose of, which errors after that name.</param>
    public SharedNetwork(RecurrentNetwork network, ITask task, Type model)
    {
        _model = model;
        _network = network;
        _session = new Lazy<OnnxSession>(() =>
        {
            using var work = NativeWork.Begin(parks: true);
            return new OnnxSession(NetworkExporter.ToBytes(_network, task), NetworkExporter.InputName, task.Export.ScoresName);
        });
    }

    /// <summary>Rows to score at once.</summary>
    public int BatchRows => ScoringBatch.RowsFor(_network.Spec, _network.Device.type);

    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public void ThrowIfDisposed() =>
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, _model);

    /// <summary>Keeps the memory until the lease is disposed of.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public Lease Rent()
    {
        ThrowIfDisposed();
        var holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return new Lease(this);
            }

            holders = seen;
        }

        throw new ObjectDisposedException(_model.FullName);
    }

    /// <summary>From now on nobody gets a lease.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Release();
        }
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
        {
            return;
        }

        if (_session.IsValueCreated)
        {
            _session.Value.Dispose();
        }

        _network.Dispose();
    }

    /// <summary>The right to read the network, for as long as a batch, a row or an export takes.</summary>
    internal readonly ref struct Lease(SharedNetwork owner)
    {
        public RecurrentNetwork Network => owner._network;

        public OnnxSession Session => owner._session.Value;

        public void Dispose() => owner.Release();
    }
}
