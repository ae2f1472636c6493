using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// A recurrence as TorchScript, a loop or a fused function: one call from .NET a layer and direction, however many steps there are.
/// The script is compiled once a process; threads may run it side by side.
/// </summary>
/// <param name="source">TorchScript, in which the function <c>run</c> takes the inputs and then the other arguments.</param>
/// <param name="example">Arguments that fit the function, small ones.</param>
internal sealed class ScriptEngine(string source, Func<object[]> example)
{
    // The first call records what passes through, the second one compiles the plan that all later calls run.
    private const int WarmUpCalls = 3;

    private readonly Lazy<jit.CompilationUnit> _script = new(() => Compile(source, example));

    /// <summary>Runs over the whole sequence, from a zero state.</summary>
    /// <param name="everyStep">Whether the outputs of every step are wanted.</param>
    /// <param name="arguments">The inputs, <c>[batch, time, inputs]</c>, and the rest of the function's arguments.</param>
    public RecurrenceOutput Run(bool everyStep, params object[] arguments)
    {
        var (outputs, final) = ((Tensor, Tensor))Invoke(_script.Value, arguments);
        return new RecurrenceOutput(everyStep ? outputs : null, new CellState(final));
    }

    /// <summary>An argument of a shape, for the example: ones.</summary>
    public static Tensor Example(params long[] shape) => ones(shape, ScalarType.Float32, CPU);

    /// <summary>
    /// Calls the function. Of a number TorchSharp would make an object that nothing keeps alive during the call, so that a garbage
    /// collection may take it away from libtorch: it is made and held here.
    /// </summary>
    private static object Invoke(jit.CompilationUnit script, object[] arguments)
    {
        object[] held = [.. arguments.Select(argument => argument is double number ? number.ToScalar() : argument)];
        try
        {
            return script.invoke("run", held);
        }
        finally
        {
            foreach (var scalar in held.OfType<Scalar>())
            {
                scalar.Dispose();
            }
        }
    }

    /// <summary>
    /// TorchScript plans by what it sees in the first calls. Where it sees gradients, it replaces libtorch's
    /// differentiation by its own, which rounds otherwise from the second call on, so that the first fit of a process would
    /// not repeat to the bit, and which inference mode cannot run. Here it sees none.
    /// </summary>
    private static jit.CompilationUnit Compile(string source, Func<object[]> example)
    {
        // The parser wants the last line to end.
        var script = jit.compile(source.ReplaceLineEndings("\n") + "\n");
        using var _ = no_grad();
        for (var i = 0; i < WarmUpCalls; i++)
        {
            using var scope = NewDisposeScope();
            Invoke(script, example());
        }

        return script;
    }
}
