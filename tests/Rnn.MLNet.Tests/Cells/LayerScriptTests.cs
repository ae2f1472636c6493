using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>A layer's script: compiled once, when it is first run, whatever its lines end with.</summary>
public sealed class LayerScriptTests
{
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
}
