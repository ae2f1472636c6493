namespace Rnn.MLNet.Tests.Build;

/// <summary>
/// A number that goes to libtorch is an object of TorchSharp's with a finalizer. If nothing holds it during the call, a garbage
/// collection at the wrong moment frees it while libtorch uses it: the training crashes, or continues with another number.
/// </summary>
public sealed class ScalarConversionTests
{
    private const int Deep = 8;

    private readonly Dictionary<MethodBase, string?> _seen = [];

    /// <summary>TorchSharp makes such objects itself, too, where an overload takes a plain number or has a default for one.</summary>
    [Fact]
    public void No_code_of_the_library_leads_to_an_implicit_conversion()
    {
        // It converts numbers among its arguments; ScriptEngine hands it none.
        static bool IsInvoke(MethodBase method) => method is { Name: "invoke", DeclaringType.Name: "CompilationUnit" };

        var leaks =
            from method in CallGraph.Methods(typeof(RnnClassifierEstimator).Assembly)
            from call in CallGraph.Calls(method)
            where !IsInvoke(call.Method)
            let path = Converts(call.Method, Deep)
            where path is not null
            select $"{method.DeclaringType}.{method.Name}: {path}";

        Assert.Empty(leaks);
    }

    [Fact]
    public void Every_number_made_for_libtorch_is_held_in_a_variable()
    {
        static bool MakesNumber(MethodBase method) => method.Name == "ToScalar" || method.DeclaringType == typeof(Scalar) && method.IsConstructor;

        var calls = CallGraph.Methods(typeof(RnnClassifierEstimator).Assembly)
            .SelectMany(method => CallGraph.Calls(method).Where(call => MakesNumber(call.Method)).Select(call => (Caller: method, call.ThenCalls)))
            .ToList();

        Assert.NotEmpty(calls);
        Assert.Empty(calls.Where(call => call.ThenCalls).Select(call => $"{call.Caller.DeclaringType}.{call.Caller.Name}"));
    }

    private string? Converts(MethodBase method, int depth)
    {
        if (method.Name == "op_Implicit" && method.DeclaringType == typeof(Scalar))
        {
            return "Scalar.op_Implicit";
        }

        if (method.Module.Assembly != typeof(torch).Assembly || depth == 0)
        {
            return null;
        }

        if (!_seen.TryGetValue(method, out var path))
        {
            _seen[method] = null;
            path = CallGraph.Calls(method).Select(call => Converts(call.Method, depth - 1)).FirstOrDefault(found => found is not null);
            path = path is null ? null : $"{method} → {path}";
            _seen[method] = path;
        }

        return path;
    }
}
