using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>A layer's loop as a script of TorchScript's, whatever the order of its calls.</summary>
public sealed class ScriptEngineTests
{
    private const int Units = 64, Time = 12, Inputs = 28;

    private const string Source = """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor) -> Tuple[Tensor, Tensor]:
            projected = torch.addmm(bias, x.transpose(0, 1).reshape(-1, x.size(2)), kernel.t()).view(x.size(1), x.size(0), -1)
            h = torch.zeros([x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            c = h
            outputs: List[Tensor] = []
            for step in projected.unbind(0):
                i, f, g, o = torch.addmm(step, h, recurrent.t()).chunk(4, 1)
                c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
                h = torch.sigmoid(o) * torch.tanh(c)
                outputs.append(h)
            return torch.stack(outputs, 1), h
        """;

    /// <summary>It is compiled once, when it is first run, whatever its lines end with.</summary>
    [Fact]
    public void It_gives_the_outputs_of_all_steps_or_the_last_one()
    {
        using var scope = NewDisposeScope();
        var compiled = 0;
        var loop = new ScriptEngine("def run(x: Tensor, factor: float, add: bool) -> Tuple[Tensor, Tensor]:\r\n    y = x * factor\r\n    if add:\r\n        y = y + 1\r\n    return y, y[:, -1]", () =>
        {
            compiled++;
            return [ScriptEngine.Example(1, 2, 1), 2.0, true];
        });
        Assert.Equal(0, compiled);
        var inputs = arange(6, ScalarType.Float32, CPU).view(1, 3, 2);

        Assert.Equal([0, 2, 4, 6, 8, 10], loop.Run(everyStep: true, inputs, 2.0, false).Outputs!.data<float>());
        var examples = compiled;
        Assert.Equal([9f, 11], loop.Run(everyStep: false, inputs, 2.0, true).FinalState.Output.data<float>());
        Assert.Null(loop.Run(everyStep: false, inputs, 2.0, true).Outputs);

        Assert.InRange(examples, 1, 10);
        Assert.Equal(examples, compiled);
        Assert.All(ScriptEngine.Example(2, 3).data<float>().ToArray(), value => Assert.Equal(1, value));
    }

    /// <summary>
    /// For any order of shapes, on any thread. TorchScript alone does not see to that: it rewrites a script after what the first calls
    /// brought, gradients above all.
    /// </summary>
    [Fact]
    public void The_first_call_gives_the_bits_of_all_others()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        Tensor Draw(params long[] shape) => (rand(shape, generator: generator) * 0.4 - 0.2).requires_grad_();
        Tensor[] weights = [Draw(4 * Units, Inputs), Draw(4 * Units, Units), Draw(4 * Units)];
        var (large, small) = (Draw(64, Time, Inputs), Draw(9, Time, Inputs));
        var loop = new ScriptEngine(Source, () => [zeros(1, 2, 1), zeros(4, 1), zeros(4, 1), zeros(4)]);

        var (first, firstSmall) = (Gradient(large), Gradient(small));
        for (var i = 0; i < 4; i++)
        {
            using (inference_mode())
            {
                loop.Run(everyStep: false, [large, .. weights]);
            }

            Assert.Equal(first, Gradient(large));
            Assert.Equal(firstSmall, Gradient(small));
        }

        var elsewhere = new float[2][];
        Parallel.For(0, 2, i => elsewhere[i] = Gradient(large));
        Assert.All(elsewhere, gradient => Assert.Equal(first, gradient));

        // On a thread with one libtorch thread: to set the number here would set that of the process.
        float[] Gradient(Tensor inputs) => WorkerGroup.Use<float[]>(1, _ =>
        {
            using var inner = NewDisposeScope();
            var outputs = loop.Run(everyStep: true, [inputs, .. weights]).Outputs!;
            var final = loop.Run(everyStep: false, [inputs, .. weights]).FinalState.Output;
            var gradients = autograd.grad([outputs.sum() + final.pow(2).sum()], weights);
            return [.. cat([final.reshape(-1), .. gradients.Select(gradient => gradient.reshape(-1))]).data<float>()];
        });
    }
}
