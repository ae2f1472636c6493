using System.IO.Compression;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;
using Rnn.MLNet.Native;

namespace Rnn.MLNet.Saving;

/// <summary>A model as ML.NET loads it.</summary>
/// <param name="Transformer">The model.</param>
/// <param name="InputSchema">The schema of its input; null if it was not saved.</param>
/// <param name="OnnxOnCpu">Why the ONNX models in it are on the CPU although the context asks for a GPU; null if they are where they should be.</param>
internal sealed record StockModel(ITransformer Transformer, DataViewSchema InputSchema, Exception? OnnxOnCpu)
{
    /// <summary>Loads a model.</summary>
    /// <remarks>
    /// If the context asks for a GPU, ML.NET begins to run every ONNX model there, and fails if ONNX Runtime cannot; with the CPU's package of ONNX
    /// Runtime even if <see cref="MLContext.FallbackToCpu"/> is true. This library's networks need no ONNX Runtime, so the model is then loaded without a GPU.
    /// </remarks>
    /// <param name="catalog">The catalog, <c>mlContext.Model</c>.</param>
    /// <param name="environment">The environment of the catalog.</param>
    /// <param name="stream">The content of the zip file.</param>
    /// <exception cref="InvalidDataException">The content is not a model that ML.NET can load, or is damaged.</exception>
    public static StockModel Load(ModelOperationsCatalog catalog, IHostEnvironment environment, Stream stream)
    {
        try
        {
            return LoadOnSomeDevice(catalog, environment, stream);
        }
        catch (Exception exception) when (exception is not (IOException or OutOfMemoryException or InvalidDataException))
        {
            // ML.NET's exceptions for damaged and foreign files have many types and do not say that it is the file.
            throw new InvalidDataException(
                !stream.CanSeek || IsZip(stream)
                    ? $"It is damaged, not a model of ML.NET, or needs a package that this program does not have: {exception.GetBaseException().Message}"
                    : "It is not a zip, or not a whole one.",
                exception);
        }
    }

    private static bool IsZip(Stream stream)
    {
        try
        {
            stream.Position = 0;
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            _ = archive.Entries;
            return true;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Says what runs on the CPU although the context asks for a GPU.</summary>
    /// <param name="steps">The steps of the model, with this library's networks restored.</param>
    /// <param name="context">The settings of the context.</param>
    /// <param name="warn">Told if <see cref="MLContext.FallbackToCpu"/> allows it.</param>
    /// <exception cref="InvalidOperationException"><see cref="MLContext.FallbackToCpu"/> does not allow it.</exception>
    public void RequireGpu(IEnumerable<ITransformer> steps, GpuSettings context, Action<string> warn)
    {
        if (OnnxOnCpu is null || !steps.Any(step => step is OnnxTransformer))
        {
            return;
        }

        var message = $"GpuDeviceId of the MLContext is {context.DeviceId}, but ONNX Runtime cannot run the ONNX models of this model there: {OnnxOnCpu.Message.TrimEnd('.')}. "
            + (context.FallbackToCpu ? "They run on the CPU, because FallbackToCpu of the MLContext is true." : "FallbackToCpu of the MLContext is false.");
        if (!context.FallbackToCpu)
        {
            throw new InvalidOperationException(message, OnnxOnCpu);
        }

        warn(message);
    }

    private static StockModel LoadOnSomeDevice(ModelOperationsCatalog catalog, IHostEnvironment environment, Stream stream)
    {
        var start = stream.CanSeek ? stream.Position : 0;
        try
        {
            return new StockModel(catalog.Load(stream, out var schema), schema, null);
        }
        catch (Exception exception) when (MLNetAccessors.GpuSettingsOf(environment).DeviceId is not null)
        {
            stream.Position = start;
            return new StockModel(MLNetAccessors.ModelsWithoutGpu(environment).Load(stream, out var schema), schema, exception.GetBaseException());
        }
    }
}
