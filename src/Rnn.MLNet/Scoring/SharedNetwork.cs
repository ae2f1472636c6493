using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// The memory of a model, with reference counting: the network and, created when they are first used, the ONNX Runtime session that scores single
/// rows and the copy of the network that runs single time steps. It is freed once the model has been disposed of and the last lease has ended.
/// </summary>
internal sealed class SharedNetwork : IDisposable
{
    private readonly RecurrentNetwork _network;
    private readonly Type _model;
    private readonly Lazy<OnnxSession> _session;
    private readonly Lock _stepsLock = new();
    private StepNetwork? _steps;

    // The model counts as one holder until it is disposed of; each lease counts as one.
    private int _holders = 1;
    private int _disposed;

    /// <param name="network">The network.</param>
    /// <param name="task">The task that it was trained for.</param>
    /// <param name="model">The public type of the model, which an <see cref="ObjectDisposedException"/> names.</param>
    public SharedNetwork(RecurrentNetwork network, ITask task, Type model)
    {
        _model = model;
        _network = network;
        _session = new Lazy<OnnxSession>(() =>
        {
            using var work = NativeWork.Begin(parks: true);
            return new OnnxSession(NetworkExporter.ToBytes(_network, task), NetworkExporter.InputName, task.Export.ScoresOverTimeName ?? task.Export.ScoresName);
        });
    }

    /// <summary>The number of rows in a batch.</summary>
    public int BatchRows => ScoringBatch.RowsFor(_network.Spec, _network.Device.type);

    /// <summary>
    /// The network for single time steps, which <see cref="Lease.Steps"/> has created. It has no native memory, so it can be used without a lease.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public StepNetwork Steps
    {
        get
        {
            ThrowIfDisposed();
            return Volatile.Read(ref _steps) ?? throw new ObjectDisposedException(_model.FullName);
        }
    }

    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public void ThrowIfDisposed() =>
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, _model);

    /// <summary>Returns a lease, which keeps the memory alive until it is disposed of.</summary>
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

    /// <summary>Disposes of the model: no further leases are granted, and the memory is freed when the last one ends.</summary>
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
        Volatile.Write(ref _steps, null);
    }

    private StepNetwork CreateSteps()
    {
        lock (_stepsLock)
        {
            return _steps ??= StepNetwork.Of(_network);
        }
    }

    /// <summary>Access to the network while a batch or a row is scored or the network is exported.</summary>
    internal readonly ref struct Lease(SharedNetwork owner)
    {
        public RecurrentNetwork Network => owner._network;

        public OnnxSession Session => owner._session.Value;

        /// <exception cref="InvalidOperationException">The network is too large.</exception>
        public StepNetwork Steps => owner.CreateSteps();

        public void Dispose() => owner.Release();
    }
}
