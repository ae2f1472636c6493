using Rnn.MLNet.Tests.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>
/// A script gets the numbers that it was given, beside a garbage collector that never rests. Of an LSTM's clips a freed number
/// made others, once in some ten thousand calls: so here are many numbers, and thus a long time to free one.
/// </summary>
[Collection(nameof(Alone))]
public sealed class ScriptArgumentTests
{
    private const int Numbers = 400, Calls = 60;

    [Fact]
    public void A_script_gets_the_numbers_that_it_was_given()
    {
        var names = Enumerable.Range(0, Numbers).Select(i => $"n{i}").ToArray();
        var loop = new ScriptEngine(
            $"""
            def run(x: Tensor, {string.Join(", ", names.Select(name => $"{name}: float"))}) -> Tuple[Tensor, Tensor]:
                return x * ({string.Join(" + ", names)}), x
            """,
            () => [ScriptEngine.Example(1), .. Enumerable.Repeat<object>(1.0, Numbers)]);
        using var collector = new RestlessCollector();
        using var scope = NewDisposeScope();
        var one = ones([1], ScalarType.Float64, CPU);
        for (var call = 0; call < Calls; call++)
        {
            object[] numbers = [.. Enumerable.Range(call, Numbers).Select(number => (object)(double)number)];

            using var sum = loop.Run(everyStep: true, [one, .. numbers]).Outputs!;

            Assert.Equal(numbers.Sum(number => (double)number), sum.item<double>());
        }
    }
}
