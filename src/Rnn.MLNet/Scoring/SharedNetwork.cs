using System.Runtime.Intrinsics;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Tasks;
using TorchSharp;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// The memory of a model, with reference counting: the network and, created when it is first used, the copy that scores single rows and runs single
/// time steps. It is freed once the model has been disposed of and the last lease has ended.
/// </summary>
internal sealed class SharedNetwork : IDisposable
{
    private readonly RecurrentNetwork _network;
    private readonly Type _model;
    private readonly Lock _packing = new();
    private PackedNetwork? _packed;
    private StepNetwork? _steps;
    private SequenceNetwork? _sequences;

    // The model counts as one holder until it is disposed of; each lease counts as one.
    private int _holders = 1;
    private int _disposed;

    /// <param name="network">The network.</param>
    /// <param name="model">The public type of the model, which an <see cref="ObjectDisposedException"/> names.</param>
    public SharedNetwork(RecurrentNetwork network, Type model)
    {
        _model = model;
        _network = network;
    }

    /// <summary>The number of rows in a batch.</summary>
    public int BatchRows => ScoringBatch.RowsFor(_network.Spec, _network.Device.type);

    /// <summary>Returns what scores batches.</summary>
    public IBatchForward BatchForward(ITask task) => _network.Device.type == DeviceType.CPU && Vector256.IsHardwareAccelerated
        ? new SequenceForward(task, BatchRows)
        : new TensorForward(task);

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

        _network.Dispose();
        lock (_packing)
        {
            (_packed, _steps, _sequences) = (null, null, null);
        }
    }

    private StepNetwork CreateSteps()
    {
        lock (_packing)
        {
            return _steps ??= new StepNetwork(Pack());
        }
    }

    private SequenceNetwork CreateSequences()
    {
        lock (_packing)
        {
            return _sequences ??= new SequenceNetwork(Pack());
        }
    }

    /// <exception cref="InvalidOperationException">The network is too large, or memory ran out.</exception>
    private PackedNetwork Pack()
    {
        if (_packed is null)
        {
            using var work = NativeWork.Begin(parks: true);
            try
            {
                _packed = PackedNetwork.Of(_network);
            }
            catch (Exception exception) when (NativeFailure.Is(exception))
            {
                throw NativeFailure.Explain(
                    exception, $"Copying {_network.Parameters.Count} weights for single rows and time steps", "The first prediction engine or step engine of a model takes the memory of its weights once more.");
            }
        }

        return _packed;
    }

    /// <summary>Access to the network while a batch or a row is scored or the network is exported.</summary>
    internal readonly ref struct Lease(SharedNetwork owner)
    {
        public RecurrentNetwork Network => owner._network;

        /// <exception cref="InvalidOperationException">The network is too large, or memory ran out.</exception>
        public StepNetwork Steps => owner.CreateSteps();

        /// <exception cref="InvalidOperationException">The network is too large, or memory ran out.</exception>
        public SequenceNetwork Sequences => owner.CreateSequences();

        public void Dispose() => owner.Release();
    }
}
