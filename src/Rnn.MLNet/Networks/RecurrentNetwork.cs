using Rnn.MLNet.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// An input stage, recurrent layers, a read-out and a dense head, from <c>[batch, time, features]</c> to <c>[batch, outputs]</c>. The forward pass has no side
/// effects, so threads may share a network.
/// </summary>
internal sealed class RecurrentNetwork : IDisposable
{
    private readonly List<RecurrentLayer> _layers = [];
    private readonly InputStage _input;
    private readonly bool _isTwin;

    /// <summary>Creates the network with random weights, except those in <paramref name="given"/>.</summary>
    /// <exception cref="NotSupportedException">Thrown if the cell is not defined by this library.</exception>
    /// <exception cref="ArgumentException">
    /// Thrown if <paramref name="given"/> has values for an unknown weight or the wrong number of values.
    /// </exception>
    /// <exception cref="InvalidOperationException">Thrown if there are more than <see cref="int.MaxValue"/> weights.</exception>
    public RecurrentNetwork(NetworkSpec spec, int seed, Device device, InitialWeights? given = null)
        : this(spec, new ParameterSet(Weights(spec), seed, device, given), new InputStage(spec, device), isTwin: false)
    {
    }

    private RecurrentNetwork(NetworkSpec spec, ParameterSet parameters, InputStage input, bool isTwin)
    {
        Spec = spec;
        _input = input;
        _isTwin = isTwin;
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

    /// <summary>The kernel of the head, <c>[outputs, cell outputs × directions]</c>.</summary>
    public Tensor HeadKernel { get; }

    /// <summary>The bias of the head, <c>[outputs]</c>.</summary>
    public Tensor HeadBias { get; }

    /// <summary>Returns the specifications of all weights of a network, in the order of the parameter vector.</summary>
    /// <exception cref="NotSupportedException">Thrown if the cell is not defined by this library.</exception>
    public static IReadOnlyList<WeightSpec> Weights(NetworkSpec spec)
    {
        var width = NetworkWeights.OutputSize(spec);
        return spec.OutputInitializer == WeightInitializer.StandardNormal
            ? [.. NetworkWeights.OfLayers(spec), WeightSpec.StandardNormal(NetworkWeights.HeadKernel, spec.Outputs, width), WeightSpec.StandardNormal(NetworkWeights.HeadBias, spec.Outputs) with { Decays = false }]
            : [.. NetworkWeights.OfLayers(spec), WeightSpec.GlorotUniform(NetworkWeights.HeadKernel, [spec.Outputs, width], width, spec.Outputs), WeightSpec.Zeros(NetworkWeights.HeadBias, spec.Outputs)];
    }

    /// <summary>
    /// Creates a network that shares the weights but has its own gradients, for use by another thread. Must be disposed before this network.
    /// </summary>
    public RecurrentNetwork Twin() => new(Spec, Parameters.Twin(), _input, isTwin: true);

    /// <summary>Runs a forward pass.</summary>
    /// <param name="sequences">The sequences, <c>[batch, time, features]</c>, float32.</param>
    /// <param name="pass">The settings of the forward pass.</param>
    /// <param name="lengths">The number of time steps of each row, <c>[batch]</c>, int64; null if all rows have all time steps.</param>
    /// <param name="tape">Records the pass, which runs on the library's own kernels; null if libtorch records it, or nothing does.</param>
    /// <returns>The outputs, <c>[batch, outputs]</c>, or <c>[batch, time, outputs]</c> if they are computed after every time step; float32.</returns>
    /// <exception cref="NotSupportedException"><paramref name="lengths"/> is given, which no cell supports yet.</exception>
    public Tensor Forward(Tensor sequences, ForwardPass pass, Tensor? lengths = null, NetworkTape? tape = null)
    {
        var (values, validity) = _input.Run(sequences);
        for (var i = 0; i < _layers.Count; i++)
        {
            var everyStep = ReadsEveryStep(i) || pass.EveryStep;
            var output = _layers[i].Run(new LayerInput(i == 0 ? values : Drop(values, pass, tape), lengths), pass, everyStep, tape?.Runs[i]);
            values = everyStep ? output.Outputs! : output.FinalState.Output;
        }

        var summary = pass.EveryStep ? Summaries(values) : Spec.ReadOut switch
        {
            ReadOut.FinalState => values,
            ReadOut.LastOutput => values.select(1, -1),
            _ => values.mean([1]),
        };
        var read = Drop(summary.to(ScalarType.Float32), pass, tape);
        tape?.Read(read);
        var outputs = nn.functional.linear(read, HeadKernel, HeadBias);
        return validity is null ? outputs : outputs * (pass.EveryStep ? validity.unsqueeze(2) : validity);
    }

    public void Dispose()
    {
        Parameters.Dispose();
        if (!_isTwin)
        {
            _input.Dispose();
        }
    }

    /// <summary>Returns whether the outputs of every time step of a layer are used, rather than only its final state.</summary>
    public bool ReadsEveryStep(int layer) => layer < _layers.Count - 1 || Spec.ReadOut != ReadOut.FinalState;

    /// <summary>Returns the read-out of the first time step, of the first two, and so on, <c>[batch, time, outputs]</c>, of a network of one direction.</summary>
    private Tensor Summaries(Tensor outputs) => Spec.ReadOut == ReadOut.MeanPool
        ? outputs.cumsum(1).div(ones(outputs.shape[1], outputs.dtype, outputs.device).cumsum(0).unsqueeze(1))
        : outputs;

    private Tensor Drop(Tensor values, ForwardPass pass, NetworkTape? tape)
    {
        if (pass.DropoutGenerator is null || Spec.Dropout == 0)
        {
            return values;
        }

        var mask = DropoutMask.Draw(values.shape, 1 - Spec.Dropout, pass.DropoutGenerator, values);
        tape?.Drop(mask);
        return values * mask;
    }
}
