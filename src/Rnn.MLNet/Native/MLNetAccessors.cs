using System.Reflection;
using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Native;

/// <summary>
/// Accessors to all internal members of ML.NET that this library uses, for which ML.NET has no public alternative. If the version of
/// ML.NET that is loaded lacks any of them, the first use of the library throws an exception that says so.
/// </summary>
internal static class MLNetAccessors
{
    /// <summary>Those of Directory.Packages.props, which NuGet checks too.</summary>
    private const string SupportedVersions = "[5.0.1, 6.0)";
    private const string EnvironmentInternal = "Microsoft.ML.Runtime.IHostEnvironmentInternal, Microsoft.ML.Core";
    private const string Cancelable = "Microsoft.ML.Runtime.ICancelable, Microsoft.ML.Core";

    private static readonly Lazy<MethodInfo> Environment = Method("Microsoft.ML.Data.IInternalCatalog, Microsoft.ML.Data", "get_Environment");
    private static readonly Lazy<MethodInfo> TempFilePath = Method(EnvironmentInternal, "get_" + nameof(MLContext.TempFilePath));
    private static readonly Lazy<MethodInfo> GpuDeviceId = Method(EnvironmentInternal, "get_" + nameof(MLContext.GpuDeviceId));
    private static readonly Lazy<MethodInfo> SetGpuDeviceId = Method(EnvironmentInternal, "set_" + nameof(MLContext.GpuDeviceId));
    private static readonly Lazy<MethodInfo> FallbackToCpu = Method(EnvironmentInternal, "get_" + nameof(MLContext.FallbackToCpu));
    private static readonly Lazy<MethodInfo> GetIsCanceled = Method(Cancelable, "get_IsCanceled");
    private static readonly Lazy<MethodInfo> CancelExecution = Method(Cancelable, "CancelExecution");

    /// <summary>Returns the environment of a catalog, which gives access to the context's log, seed and progress channels.</summary>
    /// <param name="catalog"><c>mlContext.Transforms</c>, <c>mlContext.Data</c> or <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <exception cref="NotSupportedException">Thrown if this version of ML.NET lacks a member that the library uses, be it another.</exception>
    public static IHostEnvironment EnvironmentOf(object catalog)
    {
        // Everything begins here: a cancellation that cannot be seen should not be noticed in the middle of a training.
        foreach (var method in (Lazy<MethodInfo>[])[TempFilePath, GpuDeviceId, SetGpuDeviceId, FallbackToCpu, GetIsCanceled, CancelExecution])
        {
            Find(method);
        }

        return (IHostEnvironment)Call(Environment, catalog)!;
    }

    /// <summary>Returns the <see cref="MLContext.TempFilePath"/> of the context of an environment.</summary>
    public static string? TempFilePathOf(IHostEnvironment environment) => (string?)Call(TempFilePath, environment);

    /// <summary>
    /// Returns the current <see cref="MLContext.GpuDeviceId"/> and <see cref="MLContext.FallbackToCpu"/> of the context of an environment. A host has those
    /// that the context had when it was registered.
    /// </summary>
    public static GpuSettings GpuSettingsOf(IHostEnvironment environment) =>
        new((int?)Call(GpuDeviceId, environment), (bool)Call(FallbackToCpu, environment)!);

    /// <summary>Returns a catalog that loads models with the components, the log and the temporary folder of an environment, but without its GPU.</summary>
    public static ModelOperationsCatalog ModelsWithoutGpu(IHostEnvironment environment)
    {
        var host = environment.Register(nameof(ModelsWithoutGpu));
        Call(SetGpuDeviceId, host, [null]);
        try
        {
            return (ModelOperationsCatalog)Activator.CreateInstance(
                typeof(ModelOperationsCatalog), BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions, binder: null, [host], culture: null)!;
        }
        catch (MissingMethodException exception)
        {
            throw Unsupported(exception);
        }
    }

    /// <summary>Returns whether the context of a host has been cancelled. The host may be registered on another host.</summary>
    public static bool IsCanceled(IHost host) => (bool)Call(GetIsCanceled, host)!;

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
    public static void Cancel(MLContext context) => Call(CancelExecution, EnvironmentOf(context.Transforms));

    private static string Version =>
        typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "of an unknown version";

    /// <summary>Finds a member when it is first used. By reflection, as .NET 8 has no other way to a type that cannot be named.</summary>
    private static Lazy<MethodInfo> Method(string type, string name) =>
        new(() => Type.GetType(type, throwOnError: true)!.GetMethod(name) ?? throw new MissingMethodException(type, name));

    private static MethodInfo Find(Lazy<MethodInfo> method)
    {
        try
        {
            return method.Value;
        }
        catch (Exception exception) when (exception is MissingMemberException or TypeLoadException or FileNotFoundException)
        {
            throw Unsupported(exception);
        }
    }

    private static object? Call(Lazy<MethodInfo> method, object target, object?[]? arguments = null)
    {
        try
        {
            return Find(method).Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        }
        catch (TargetException exception)
        {
            throw Unsupported(exception);
        }
    }

    private static NotSupportedException Unsupported(Exception exception) => new(
        $"Rnn.MLNet works with Microsoft.ML {SupportedVersions}, but Microsoft.ML {Version} is loaded, which lacks a member that Rnn.MLNet needs: {exception.Message} Reference a version of Microsoft.ML in that range, or a newer Rnn.MLNet.",
        exception);
}
