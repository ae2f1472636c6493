using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Native;

/// <summary>
/// The cancellation of an <see cref="MLContext"/>. ML.NET's own trainers observe it, and its AutoML ends a trial with it, but the
/// interface, <c>ICancelable</c>, is not public. With the environment of a catalog and its temporary folder (<see cref="RnnCatalog"/>) it is
/// all of ML.NET's internals that this library touches.
/// </summary>
internal static class ContextCancellation
{
    private const string Cancelable = "Microsoft.ML.Runtime.ICancelable, Microsoft.ML.Core";

    /// <summary>Ends the call if the context that the host belongs to was cancelled; hosts registered on hosts see it too.</summary>
    public static void ThrowIfCanceled(IHost host)
    {
        if (IsCanceled(host))
        {
            throw new OperationCanceledException("The MLContext was cancelled.");
        }
    }

    /// <summary>Ends what runs on a context: this library's trainer within a minibatch, ML.NET's within an iteration.</summary>
    public static void Cancel(MLContext context) => CancelExecution(RnnCatalog.Environment(context.Transforms));

    /// <summary>Whether the context that the host belongs to was cancelled.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_IsCanceled")]
    public static extern bool IsCanceled([UnsafeAccessorType(Cancelable)] object host);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(CancelExecution))]
    private static extern void CancelExecution([UnsafeAccessorType(Cancelable)] object environment);
}
