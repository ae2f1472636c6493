using System.Reflection;
using System.Runtime.CompilerServices;
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

    /// <summary>Returns the environment of a catalog, which gives access to the context's log, seed and progress channels.</summary>
    /// <param name="catalog"><c>mlContext.Transforms</c>, <c>mlContext.Data</c> or <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <exception cref="NotSupportedException">Thrown if this version of ML.NET does not have the member.</exception>
    public static IHostEnvironment EnvironmentOf(object catalog)
    {
        try
        {
            return Environment(catalog);
        }
        catch (Exception exception) when (IsMissing(exception))
        {
            throw new NotSupportedException(
                $"Rnn.MLNet cannot reach the environment of a catalog in Microsoft.ML {Version}; it works with Microsoft.ML 5.0. Reference that version, or a newer one of Rnn.MLNet.", exception);
        }
    }

    /// <summary>Returns the current <see cref="MLContext.TempFilePath"/> of the context of an environment; null if it is not accessible.</summary>
    public static string? TempFilePathOf(IHostEnvironment environment) => OrDefault(() => TempFilePath(environment));

    /// <summary>Returns whether the context of a host has been cancelled. The host may be registered on another host.</summary>
    public static bool IsCanceled(IHost host) => OrDefault(() => GetIsCanceled(host));

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
        CancelExecution(EnvironmentOf(context.Transforms));
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

    private static bool IsMissing(Exception exception) => exception is MissingMemberException or TypeLoadException or InvalidCastException;

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Environment")]
    private static extern IHostEnvironment Environment([UnsafeAccessorType("Microsoft.ML.Data.IInternalCatalog, Microsoft.ML.Data")] object catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_" + nameof(MLContext.TempFilePath))]
    private static extern string? TempFilePath([UnsafeAccessorType("Microsoft.ML.Runtime.IHostEnvironmentInternal, Microsoft.ML.Core")] object environment);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_IsCanceled")]
    private static extern bool GetIsCanceled([UnsafeAccessorType(Cancelable)] object host);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(CancelExecution))]
    private static extern void CancelExecution([UnsafeAccessorType(Cancelable)] object environment);
}
