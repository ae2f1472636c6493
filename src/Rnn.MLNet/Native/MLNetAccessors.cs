using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Native;

/// <summary>
/// All of ML.NET's internals that this library touches, by accessors that the runtime supports. ML.NET gives components outside of it no
/// public way to them. A version of ML.NET without one of them gives one clear error (the environment, which nothing works without) or does
/// without (the others).
/// </summary>
internal static class MLNetAccessors
{
    private const string Cancelable = "Microsoft.ML.Runtime.ICancelable, Microsoft.ML.Core";

    /// <summary>The environment that a catalog belongs to: the way to the context's log, seed and progress.</summary>
    /// <param name="catalog"><c>mlContext.Transforms</c> or <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <exception cref="NotSupportedException">This version of ML.NET does not have it.</exception>
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

    /// <summary><see cref="MLContext.TempFilePath"/> of the context that an environment belongs to, as it is now; null where it cannot be known.</summary>
    public static string? TempFilePathOf(IHostEnvironment environment) => OrDefault(() => TempFilePath(environment));

    /// <summary>Whether the context that a host belongs to was cancelled; hosts registered on hosts see it too.</summary>
    public static bool IsCanceled(IHost host) => OrDefault(() => GetIsCanceled(host));

    /// <summary>Ends the call if the context that the host belongs to was cancelled.</summary>
    public static void ThrowIfCanceled(IHost host)
    {
        if (IsCanceled(host))
        {
            throw new OperationCanceledException("The MLContext was cancelled.");
        }
    }

    /// <summary>Ends what runs on a context: this library's trainer within a minibatch, ML.NET's within an iteration.</summary>
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
