using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rnn.MLNet.Benchmarks.Networks;

/// <summary>
/// The network of the baseline: TorchSharp's recurrent module and a linear layer. Its weights are initialised from the same distributions as
/// this library's, so neither side has an advantage.
/// </summary>
internal sealed class PlainNetwork : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module _recurrent;
    private readonly Func<Tensor, Tensor> _final;
    private readonly Linear _head;

    public PlainNetwork(NetworkShape shape)
        : base("plain")
    {
        (_recurrent, _final) = Recurrent(shape);
        _head = nn.Linear(shape.Directions * shape.Units, NetworkShape.Classes);
        RegisterComponents();
        Initialize(shape);
    }

    /// <summary>The weights of the recurrent layer in libtorch's order: kernel, recurrent kernel and their biases, for each direction.</summary>
    public IReadOnlyList<Tensor> RecurrentWeights => [.. _recurrent.parameters()];

    public Tensor HeadKernel => _head.weight;

    public Tensor HeadBias => _head.bias!;

    /// <param name="input">The sequences, <c>[batch, time, features]</c>.</param>
    /// <returns>The logits, <c>[batch, classes]</c>.</returns>
    public override Tensor forward(Tensor input) => _head.forward(_final(input).transpose(0, 1).flatten(1));

    /// <summary>Returns the module, and a function from its input to its final states, <c>[directions, batch, units]</c>.</summary>
    private static (nn.Module Module, Func<Tensor, Tensor> Final) Recurrent(NetworkShape shape)
    {
        switch (shape.Cell)
        {
            case BasicLstmCell:
                var lstm = nn.LSTM(NetworkShape.Features, shape.Units, batchFirst: true, bidirectional: shape.Bidirectional);
                return (lstm, input => lstm.forward(input).Item2);
            case GruCell:
                var gru = nn.GRU(NetworkShape.Features, shape.Units, batchFirst: true, bidirectional: shape.Bidirectional);
                return (gru, input => gru.forward(input).Item2);
            default:
                var rnn = nn.RNN(NetworkShape.Features, shape.Units, batchFirst: true, bidirectional: shape.Bidirectional);
                return (rnn, input => rnn.forward(input, null).Item2);
        }
    }

    private void Initialize(NetworkShape shape)
    {
        using var _ = no_grad();
        // The Glorot bound of the kernel and the recurrent kernel, which are parts of one matrix.
        var limit = Math.Sqrt(6.0 / (NetworkShape.Features + shape.Units + shape.Gates * shape.Units));
        foreach (var weights in RecurrentWeights.Chunk(4))
        {
            weights[0].uniform_(-limit, limit);
            weights[1].uniform_(-limit, limit);
            weights[2].zero_();
            weights[3].zero_();
            if (shape.Cell is BasicLstmCell lstm)
            {
                weights[2].narrow(0, shape.Units, shape.Units).fill_(lstm.ForgetBias);
            }
            else if (shape.Cell is GruCell)
            {
                weights[2].narrow(0, 0, 2L * shape.Units).fill_(1.0);
            }
        }

        nn.init.xavier_uniform_(_head.weight);
        _head.bias!.zero_();
    }
}
