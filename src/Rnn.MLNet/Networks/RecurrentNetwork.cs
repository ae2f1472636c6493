using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// Recurrent layers, a read-out and a dense head: <c>[batch, time, features]</c> becomes one logit a class,
/// <c>[batch, classes]</c>. The forward pass changes nothing, so threads may share a network.
/// </summary>
internal sealed class RecurrentNetwork : IDisposable
{
    private readonly List<RecurrentLayer> _layers = [];

    /// <summary>Builds the network and fills its weights from the seed.</summary>
    /// <exception cref="NotSupportedException">The cell is none of this library's.</exception>
    public RecurrentNetwork(NetworkSpec spec, int seed, Device device)
    {
        Spec = spec;
        Device = device;
        var cell = CellFactory.Create(spec.Cell);
        var directions = spec.Bidirectional ? 2 : 1;
        var width = cell.OutputSize * directions;
        var perDirection = new List<IReadOnlyList<WeightSpec>>();
        for (var layer = 0; layer < spec.Layers; layer++)
        {
            for (var direction = 0; direction < directions; direction++)
            {
                var prefix = $"layer{layer}/{(direction == 0 ? "forward" : "backward")}/";
                var inputSize = layer == 0 ? spec.Features : width;
                perDirection.Add([.. cell.Weights(inputSize).Select(weight => weight with { Name = prefix + weight.Name })]);
            }
        }

        WeightSpec[] head = spec.OutputInitializer == WeightInitializer.StandardNormal
            ? [WeightSpec.StandardNormal("head/kernel", spec.Classes, width), WeightSpec.StandardNormal("head/bias", spec.Classes) with { Decays = false }]
            : [WeightSpec.GlorotUniform("head/kernel", [spec.Classes, width], width, spec.Classes), WeightSpec.Zeros("head/bias", spec.Classes)];
        Parameters = new ParameterSet([.. perDirection.SelectMany(weights => weights), .. head], seed, device);

        var views = new Queue<Tensor>(Parameters.Weights.Select(weight => weight.Value));
        IReadOnlyList<Tensor> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => views.Dequeue())];
        for (var layer = 0; layer < spec.Layers; layer++)
        {
            var forward = Take(perDirection[layer * directions].Count);
            var backward = spec.Bidirectional ? Take(perDirection[layer * directions + 1].Count) : null;
            _layers.Add(new RecurrentLayer(cell, forward, backward));
        }

        HeadKernel = views.Dequeue();
        HeadBias = views.Dequeue();
    }

    public NetworkSpec Spec { get; }

    public Device Device { get; }

    public ParameterSet Parameters { get; }

    public IReadOnlyList<RecurrentLayer> Layers => _layers;

    /// <summary><c>[classes, outputs × directions]</c>.</summary>
    public Tensor HeadKernel { get; }

    /// <summary><c>[classes]</c>.</summary>
    public Tensor HeadBias { get; }

    /// <summary>One pass.</summary>
    /// <param name="sequences"><c>[batch, time, features]</c>, float32.</param>
    /// <param name="pass">Training or scoring, and the precision.</param>
    /// <returns>Logits, <c>[batch, classes]</c>, float32.</returns>
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

    /// <summary>Inverted dropout (Srivastava et al., 2014) from the pass's own generator: libtorch's is shared by all threads.</summary>
    private Tensor Drop(Tensor values, ForwardPass pass)
    {
        if (pass.DropoutGenerator is null || Spec.Dropout == 0)
        {
            return values;
        }

        var keep = 1 - Spec.Dropout;
        using var divisor = keep.ToScalar();
        return values * empty_like(values).bernoulli_(keep, pass.DropoutGenerator).div_(divisor);
    }
}
