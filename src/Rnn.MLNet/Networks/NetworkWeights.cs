using Rnn.MLNet.Cells;

namespace Rnn.MLNet.Networks;

/// <summary>The weights of a network: their full names, by which <see cref="InitialWeights"/> are given, and their sizes.</summary>
internal static class NetworkWeights
{
    public const string HeadKernel = "head/kernel";

    public const string HeadBias = "head/bias";

    private static readonly string[] Forward = ["forward"];
    private static readonly string[] ForwardAndBackward = ["forward", "backward"];

    /// <summary>The weights of all layers, in the order in which they lie in memory.</summary>
    /// <exception cref="NotSupportedException">The cell is none of this library's.</exception>
    public static IEnumerable<WeightSpec> OfLayers(NetworkSpec spec) =>
        from layer in Enumerable.Range(0, spec.Layers)
        from direction in Directions(spec)
        from weight in CellTable.Of(spec.Cell).Recurrence.Weights(InputSize(spec, layer))
        select weight with { Name = FullName(layer, direction, weight.Name) };

    /// <summary>The full name of a cell's weight, such as <c>layer0/forward/kernel</c>.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="direction">One of <see cref="Directions"/>.</param>
    /// <param name="weight">The weight's name within the cell.</param>
    public static string FullName(int layer, string direction, string weight) => $"layer{layer}/{direction}/{weight}";

    /// <summary>The names of the directions of a layer, forward first.</summary>
    public static IReadOnlyList<string> Directions(NetworkSpec spec) => spec.Bidirectional ? ForwardAndBackward : Forward;

    /// <summary>Size of the inputs of a layer.</summary>
    public static int InputSize(NetworkSpec spec, int layer) => layer == 0 ? spec.Features : OutputSize(spec);

    /// <summary>Size of the outputs of a layer, of both directions together.</summary>
    public static int OutputSize(NetworkSpec spec) => CellTable.Of(spec.Cell).Recurrence.OutputSize * Directions(spec).Count;
}
