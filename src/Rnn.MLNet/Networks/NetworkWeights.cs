using Rnn.MLNet.Cells;

namespace Rnn.MLNet.Networks;

/// <summary>The full names of the weights of a network, which <see cref="InitialWeights"/> uses, and the sizes of its layers.</summary>
internal static class NetworkWeights
{
    public const string HeadKernel = "head/kernel";

    public const string HeadBias = "head/bias";

    private static readonly string[] Forward = ["forward"];
    private static readonly string[] ForwardAndBackward = ["forward", "backward"];

    /// <summary>Returns the specifications of the weights of all layers, in the order in which they are stored.</summary>
    /// <exception cref="NotSupportedException">Thrown if the cell is not defined by this library.</exception>
    public static IEnumerable<WeightSpec> OfLayers(NetworkSpec spec) =>
        from layer in Enumerable.Range(0, spec.Layers)
        from direction in Directions(spec)
        from weight in CellTable.Of(spec.Cell).Recurrence.Weights(InputSize(spec, layer))
        select weight with { Name = FullName(layer, direction, weight.Name) };

    /// <summary>Returns the full name of a weight of a cell, such as <c>layer0/forward/kernel</c>.</summary>
    /// <param name="layer">The index of the layer, from 0.</param>
    /// <param name="direction">One of <see cref="Directions"/>.</param>
    /// <param name="weight">The name of the weight within the cell.</param>
    public static string FullName(int layer, string direction, string weight) => $"layer{layer}/{direction}/{weight}";

    /// <summary>Returns the names of the directions of a layer, forward first.</summary>
    public static IReadOnlyList<string> Directions(NetworkSpec spec) => spec.Bidirectional ? ForwardAndBackward : Forward;

    /// <summary>Returns the size of the inputs of a layer.</summary>
    public static int InputSize(NetworkSpec spec, int layer) => layer == 0 ? spec.Inputs : OutputSize(spec);

    /// <summary>Returns the size of the outputs of a layer, of all directions together.</summary>
    public static int OutputSize(NetworkSpec spec) => CellTable.Of(spec.Cell).Recurrence.OutputSize * Directions(spec).Count;
}
