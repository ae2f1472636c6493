using Rnn.MLNet.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// Recurrent layers, a read-out and a dense head: <c>[batch, time, features]</c> becomes <c>[batch, outputs]</c>. The forward pass changes nothing, so threads may share a network.
/// </summary>
internal sealed class RecurrentNetwork : IDisposable
{
    private readonly List<RecurrentLayer> _layers = [];

    /// <summary>Builds the network and fills its weights from the seed, but for those that are given.</summary>
    /// <exception cref="NotSupportedException">The cell is none of this library's.</exception>
    /// <exception cref="ArgumentException">Numbers are given for a weight that there is not, or too many or too few.</exception>
    public RecurrentNetwork(NetworkSpec spec, int seed, Device device, InitialWeights? given = null)
        : this(spec, new ParameterSet(Weights(spec), seed, device, given))
    {
    }

    private RecurrentNetwork(NetworkSpec spec, ParameterSet parameters)
    {
        Spec = spec;
        Device = parameters.Vector.device;
        Parameters = parameters;
        var cell = CellTable.Of(spec.Cell).Recurrence;
        var weights = parameters.Weights.ToDictionary(weight => weight.Name, weight => weight.Value);
        for (var layer = 0; layer < spec.Layers; layer++)
        {
            CellWeights Direction(string name) => new(
            [
                .. cell.Weights(NetworkWeights.InputSize(spec, layer))
                    .Select(weight => new NamedWeight(weight.Name, weights[NetworkWeights.FullName(layer, name, weight.Name)])),
            ]);
            _layers.Add(new RecurrentLayer(cell, [.. NetworkWeights.Directions(spec).Select(Direction)]));
        }

        HeadKernel = weights[NetworkWeights.HeadKernel];
        HeadBias = weights[NetworkWeights.HeadBias];
    }

    public NetworkSpec Spec { get; }

    public Device Device { get; }

    public ParameterSet Parameters { get; }

    public IReadOnlyList<RecurrentLayer> Layers => _layers;

    /// <summary><c>[outputs, units × directions]</c>.</summary>
    public Tensor HeadKernel { get; }

    /// <summary><c>[outputs]</c>.</summary>
    public Tensor HeadBias { get; }

    /// <summary>The weights of a network, in the order of the parameter vector.</summary>
    /// <exception cref="NotSupportedException">The cell is none of this library's.</exception>
    public static IReadOnlyList<WeightSpec> Weights(NetworkSpec spec)
    {
        var width = NetworkWeights.OutputSize(spec);
        return spec.OutputInitializer == WeightInitializer.StandardNormal
            ? [.. NetworkWeights.OfLayers(spec), WeightSpec.StandardNormal(NetworkWeights.HeadKernel, spec.Outputs, width), WeightSpec.StandardNormal(NetworkWeights.HeadBias, spec.Outputs) with { Decays = false }]
            : [.. NetworkWeights.OfLayers(spec), WeightSpec.GlorotUniform(NetworkWeights.HeadKernel, [spec.Outputs, width], width, spec.Outputs), WeightSpec.Zeros(NetworkWeights.HeadBias, spec.Outputs)];
    }

    /// <summary>The same weights in a network whose gradients are its own, for a thread beside others. To be disposed before this one.</summary>
    public RecurrentNetwork Twin() => new(Spec, Parameters.Twin());

    /// <summary>One pass.</summary>
    /// <param name="sequences"><c>[batch, time, features]</c>, float32.</param>
    /// <param name="pass">Training or scoring, and the precision.</param>
    /// <param name="lengths"><c>[batch]</c>, int64: time steps of each row; null where all rows have all steps.</param>
    /// <returns><c>[batch, outputs]</c>, float32.</returns>
    /// <exception cref="NotSupportedException">Lengths are given: no cell runs over them yet.</exception>
    public Tensor Forward(Tensor sequences, ForwardPass pass, Tensor? lengths = null)
    {
        var values = sequences;
        for (var i = 0; i < _layers.Count; i++)
        {
            var everyStep = ReadsEveryStep(i);
            var output = _layers[i].Run(new LayerInput(i == 0 ? values : Drop(values, pass), lengths), pass, everyStep);
            values = everyStep ? output.Outputs! : output.FinalState.Output;
        }

        var summary = Spec.ReadOut switch
        {
            ReadOut.FinalState => values,
            ReadOut.LastOutput => values.select(1, -1),
            _ => values.mean([1]),
        };
        return nn.functional.linear(Drop(summary.to(ScalarType.Float32), pass), HeadKernel, HeadBias);
    }

    public void Dispose() => Parameters.Dispose();

    /// <summary>Whether the outputs of every step of a layer are read; otherwise its final state alone.</summary>
    public bool ReadsEveryStep(int layer) => layer < _layers.Count - 1 || Spec.ReadOut != ReadOut.FinalState;

    private Tensor Drop(Tensor values, ForwardPass pass) =>
        pass.DropoutGenerator is null || Spec.Dropout == 0
            ? values
            : values * DropoutMask.Draw(values.shape, 1 - Spec.Dropout, pass.DropoutGenerator, values);
}
