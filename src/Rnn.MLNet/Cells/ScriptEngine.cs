using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Runs a recurrence as TorchScript, either a loop or a fused function, with one call from .NET per layer and direction. The script is compiled
/// once per process. Threads may run it concurrently.
/// </summary>
/// <param name="source">TorchScript source. Its function <c>run</c> takes the inputs, followed by the other arguments.</param>
/// <param name="example">Creates small arguments for the function, for warm-up calls.</param>
internal sealed class ScriptEngine(string source, Func<object[]> example)
{
    // TorchScript profiles the first call and compiles in the second call the execution plan that all later calls use.
    private const int WarmUpCalls = 3;

    private readonly Lazy<jit.CompilationUnit> _script = new(() => Compile(source, example));

    /// <summary>Runs the function over the whole sequence, from a zero state.</summary>
    /// <param name="everyStep">Whether to return the outputs of every time step.</param>
    /// <param name="arguments">The inputs, <c>[batch, time, inputs]</c>, followed by the other arguments of the function.</param>
    public RecurrenceOutput Run(bool everyStep, params object[] arguments)
    {
        var (outputs, final) = ((Tensor, Tensor))Invoke(_script.Value, arguments);
        return new RecurrenceOutput(everyStep ? outputs : null, new CellState(final));
    }

    /// <summary>Creates a tensor of ones as an example argument.</summary>
    public static Tensor Example(params long[] shape) => ones(shape, ScalarType.Float32, CPU);

    /// <summary>
    /// Calls the function. TorchSharp would convert each number to an object that a garbage collection could free during the call, so numbers are
    /// converted and kept alive here.
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
    /// Compiles the script and makes the warm-up calls without gradients. TorchScript chooses its execution plan by the first calls. If these
    /// required gradients, it would replace libtorch's differentiation by its own, which rounds differently from the second call on, so the
    /// first fit of a process would not be reproducible bit for bit, and which cannot run in inference mode.
    /// </summary>
    private static jit.CompilationUnit Compile(string source, Func<object[]> example)
    {
        // The parser requires a newline at the end of the last line.
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
