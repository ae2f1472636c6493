using System.Runtime.Intrinsics;
using Rnn.MLNet.Cells;
using Rnn.MLNet.Kernels;
using Rnn.MLNet.Native;

namespace Rnn.MLNet.Networks;

/// <summary>
/// A copy of a network's weights in managed memory, packed for single rows on the CPU without libtorch. It stores no state, so any number of rows and
/// streams share it, on any threads.
/// </summary>
internal sealed class PackedNetwork
{
    private readonly Lazy<byte[]> _digest;

    private PackedNetwork(NetworkSpec spec, IReadOnlyList<IReadOnlyList<ICellStep>> layers, IRowProduct head, Func<byte[]> digest)
    {
        Spec = spec;
        Layers = layers;
        Head = head;
        _digest = new Lazy<byte[]>(digest);
    }

    public NetworkSpec Spec { get; }

    /// <summary>The directions of each layer, forward first.</summary>
    public IReadOnlyList<IReadOnlyList<ICellStep>> Layers { get; }

    public IRowProduct Head { get; }

    /// <summary>
    /// The digest of everything that determines what the network computes, see <see cref="NetworkDigest"/>. Only saved states need it, so it is computed when
    /// it is first asked for, from the original network, which must not have been disposed of.
    /// </summary>
    public byte[] Digest => _digest.Value;

    /// <summary>Copies a network, with the widest registers of this processor.</summary>
    /// <exception cref="InvalidOperationException">Thrown if a matrix is too large.</exception>
    public static PackedNetwork Of(RecurrentNetwork network) =>
        !Vector256.IsHardwareAccelerated ? Of<Lanes128>(network)
        : !Vector512.IsHardwareAccelerated ? Of<Lanes256>(network)
        : PanelWidth.SuitsPairs(CellTable.Of(network.Spec.Cell).Recurrence.OutputSize) ? Of<Lanes1024>(network)
        : Of<Lanes512>(network);

    /// <summary>Copies a network, with registers of the given width.</summary>
    public static PackedNetwork Of<T>(RecurrentNetwork network)
        where T : struct, ILanes<T>
    {
        var cell = CellTable.Of(network.Spec.Cell).Recurrence;
        ICellStep[][] layers =
        [
            .. network.Layers.Select((layer, index) => layer.Directions.Select(weights =>
            {
                var step = cell.Step<T>(NetworkWeights.InputSize(network.Spec, index));
                weights.LoadInto(step);
                return step;
            }).ToArray()),
        ];
        return new PackedNetwork(network.Spec, layers, HeadOf<T>(network), () => NetworkDigest.Of(network, layers[0][0].Constants));
    }

    private static unsafe RowProduct<T> HeadOf<T>(RecurrentNetwork network)
        where T : struct, ILanes<T>
    {
        float[] kernel = TensorMemory.ToArray(network.HeadKernel), bias = TensorMemory.ToArray(network.HeadBias);
        var head = new RowProduct<T>(bias.Length, kernel.Length / bias.Length);
        fixed (float* weights = kernel)
        {
            head.Load(weights, bias);
        }

        return head;
    }
}
