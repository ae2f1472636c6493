using Rnn.MLNet.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// Recurrent layers, a read-out and a dense head: <c>[batch, time, features]</c> becomes <c>[batch, outputs]</c>. The forward pass changes nothing, so threads may share a network.
/// </summary>
internal sealed class RecurrentNetwork : IDisposable
{
    private readonly List<RecurrentLayer> _layers = [];

    /// <summary>Builds the network and fills its weights from the seed.</summary>
    /// <exception cref="NotSupportedException">The cell is none of this library's.</exception>
    public RecurrentNetwork(NetworkSpec spec, int seed, Device device)
        : this(spec, new ParameterSet(Weights(spec), seed, device))
    {
    }

    private RecurrentNetwork(NetworkSpec spec, ParameterSet parameters)
    {
        Spec = spec;
        Device = parameters.Vector.device;
        Parameters = parameters;
        var cell = CellFactory.Create(spec.Cell);
        var views = new Queue<Tensor>(parameters.Weights.Select(weight => weight.Value));
        IReadOnlyList<Tensor> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => views.Dequeue())];
        for (var layer = 0; layer < spec.Layers; layer++)
        {
            var count = cell.Weights(InputSize(spec, cell, layer)).Count;
            _layers.Add(new RecurrentLayer(cell, Take(count), spec.Bidirectional ? Take(count) : null));
        }

        HeadKernel = views.Dequeue();
        HeadBias = views.Dequeue();
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
        var cell = CellFactory.Create(spec.Cell);
        var weights = new List<WeightSpec>();
        for (var layer = 0; layer < spec.Layers; layer++)
        {
            foreach (var direction in (string[])(spec.Bidirectional ? ["forward", "backward"] : ["forward"]))
            {
                weights.AddRange(cell.Weights(InputSize(spec, cell, layer)).Select(weight => weight with { Name = $"layer{layer}/{direction}/{weight.Name}" }));
            }
        }

        var width = OutputSize(spec, cell);
        return spec.OutputInitializer == WeightInitializer.StandardNormal
            ? [.. weights, WeightSpec.StandardNormal("head/kernel", spec.Outputs, width), WeightSpec.StandardNormal("head/bias", spec.Outputs) with { Decays = false }]
            : [.. weights, WeightSpec.GlorotUniform("head/kernel", [spec.Outputs, width], width, spec.Outputs), WeightSpec.Zeros("head/bias", spec.Outputs)];
    }

    /// <summary>The same weights in a network whose gradients are its own, for a thread beside others. To be disposed before this one.</summary>
    public RecurrentNetwork Twin() => new(Spec, Parameters.Twin());

    /// <summary>One pass.</summary>
    /// <param name="sequences"><c>[batch, time, features]</c>, float32.</param>
    /// <param name="pass">Training or scoring, and the precision.</param>
    /// <returns><c>[batch, outputs]</c>, float32.</returns>
    public Tensor Forward(Tensor sequences, ForwardPass pass)
    {
        var values = sequences;
        for (var i = 0; i < _layers.Count; i++)
        {
            var everyStep = i < _layers.Count - 1 || Spec.ReadOut != ReadOut.FinalState;
            values = _layers[i].Run(i == 0 ? values : Drop(values, pass), pass, everyStep);
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

    private static int InputSize(NetworkSpec spec, IRecurrentCell cell, int layer) => layer == 0 ? spec.Features : OutputSize(spec, cell);

    private static int OutputSize(NetworkSpec spec, IRecurrentCell cell) => cell.OutputSize * (spec.Bidirectional ? 2 : 1);

    private Tensor Drop(Tensor values, ForwardPass pass) =>
        pass.DropoutGenerator is null || Spec.Dropout == 0
            ? values
            : values * DropoutMask.Draw(values.shape, 1 - Spec.Dropout, pass.DropoutGenerator, values);
}
