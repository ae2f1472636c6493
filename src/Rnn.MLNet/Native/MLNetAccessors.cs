using System.Reflection;
using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Native;

/// <summary>
/// Accessors to all internal members of ML.NET that this library uses, for which ML.NET has no public alternative. If a version of ML.NET
/// lacks the environment, which is indispensable, an exception with a clear message is thrown; if it lacks one of the others, the
/// feature is disabled.
/// </summary>
internal static class MLNetAccessors
{
    private const string Cancelable = "Microsoft.ML.Runtime.ICancelable, Microsoft.ML.Core";

    private static readonly Lazy<MethodInfo> Environment = Method("Microsoft.ML.Data.IInternalCatalog, Microsoft.ML.Data", "get_Environment");
    private static readonly Lazy<MethodInfo> TempFilePath =
        Method("Microsoft.ML.Runtime.IHostEnvironmentInternal, Microsoft.ML.Core", "get_" + nameof(MLContext.TempFilePath));
    private static readonly Lazy<MethodInfo> GetIsCanceled = Method(Cancelable, "get_IsCanceled");
    private static readonly Lazy<MethodInfo> CancelExecution = Method(Cancelable, "CancelExecution");

    /// <summary>Returns the environment of a catalog, which gives access to the context's log, seed and progress channels.</summary>
    /// <param name="catalog"><c>mlContext.Transforms</c>, <c>mlContext.Data</c> or <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <exception cref="NotSupportedException">Thrown if this version of ML.NET does not have the member.</exception>
    public static IHostEnvironment EnvironmentOf(object catalog)
    {
        try
        {
            return (IHostEnvironment)Call(Environment, catalog)!;
        }
        catch (Exception exception) when (IsMissing(exception))
        {
            throw new NotSupportedException(
                $"Rnn.MLNet cannot reach the environment of a catalog in Microsoft.ML {Version}; it works with Microsoft.ML 5.0. Reference that version, or a newer one of Rnn.MLNet.", exception);
        }
    }

    /// <summary>Returns the current <see cref="MLContext.TempFilePath"/> of the context of an environment; null if it is not accessible.</summary>
    public static string? TempFilePathOf(IHostEnvironment environment) => OrDefault(() => (string?)Call(TempFilePath, environment));

    /// <summary>Returns whether the context of a host has been cancelled. The host may be registered on another host.</summary>
    public static bool IsCanceled(IHost host) => OrDefault(() => (bool)Call(GetIsCanceled, host)!);

    /// <summary>Throws if the context of a host has been cancelled.</summary>
    /// <exception cref="OperationCanceledException">Thrown if the context has been cancelled.</exception>
    public static void ThrowIfCanceled(IHost host)
    {
        if (IsCanceled(host))
        {
            throw new OperationCanceledException("The MLContext was cancelled.");
        }
    }

    /// <summary>Cancels everything that runs on a context: this library's trainer within a minibatch, ML.NET's within an iteration.</summary>
    public static void Cancel(MLContext context) => OrDefault(() =>
    {
        Call(CancelExecution, EnvironmentOf(context.Transforms));
        return true;
    });

    private static string Version =>
        typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static T? OrDefault<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception exception) when (IsMissing(exception))
        {
            return default;
        }
    }

    private static bool IsMissing(Exception exception) => exception is MissingMemberException or TypeLoadException or TargetException;

    /// <summary>Finds a member when it is first used. By reflection, as .NET 8 has no other way to a type that cannot be named.</summary>
    private static Lazy<MethodInfo> Method(string type, string name) =>
        new(() => Type.GetType(type, throwOnError: true)!.GetMethod(name) ?? throw new MissingMethodException(type, name));

    private static object? Call(Lazy<MethodInfo> method, object target) =>
        method.Value.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, parameters: null, culture: null);
}
