using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>
/// Autograd against central differences in float64, for the inputs and every weight of every cell. The one test of internals: no
/// public way leads to double precision.
/// </summary>
public sealed class CellGradientTests
{
    private const double Step = 1e-6;

    public static TheoryData<string> Cells => CellSamples.Names;

    [Theory]
    [MemberData(nameof(Cells))]
    public void Autograd_agrees_with_central_differences(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7, CPU);
        using var dropout = new Generator(0, CPU);
        var cell = CellTable.Of(CellSamples.All[name]).Recurrence;
        const int Batch = 2, Time = 4, Inputs = 3;
        Tensor Draw(params long[] shape) => (rand(shape, ScalarType.Float64, generator: generator) - 0.5).requires_grad_();
        var inputs = Draw(Batch, Time, Inputs);
        var weights = new CellWeights([.. cell.Weights(Inputs).Select(weight => new NamedWeight(weight.Name, Draw(weight.Shape)))]);
        Tensor[] arguments = [inputs, .. weights.All.Select(weight => weight.Value)];
        var outputsPart = Draw(Batch, Time, cell.OutputSize).detach();
        var finalPart = Draw(Batch, cell.OutputSize).detach();

        var gradients = autograd.grad([Loss()], arguments);

        using var _ = no_grad();
        foreach (var (argument, gradient) in arguments.Zip(gradients))
        {
            var values = argument.detach().view(-1);
            var expected = Enumerable.Range(0, (int)values.shape[0]).Select(i => Difference(values, i)).ToArray();
            Assert.All(expected.Zip(gradient.reshape(-1).data<double>()), pair =>
                Assert.InRange(pair.Second, pair.First - 1e-7, pair.First + 1e-7));
            Assert.Contains(expected, value => Math.Abs(value) > 1e-4);
        }

        Tensor Loss()
        {
            return (Run(everyStep: true).Outputs! * outputsPart).sum() + (Run(everyStep: false).FinalState.Output * finalPart).sum();
        }

        RecurrenceOutput Run(bool everyStep)
        {
            dropout.manual_seed(3);
            return cell.Run(new RecurrenceInput(inputs), weights, cell.Masks(inputs, dropout), everyStep);
        }

        double Difference(Tensor values, long index)
        {
            using var inner = NewDisposeScope();
            var original = values[index].item<double>();
            values[index] = original + Step;
            var above = Loss().item<double>();
            values[index] = original - Step;
            var below = Loss().item<double>();
            values[index] = original;
            return (above - below) / (2 * Step);
        }
    }
}
