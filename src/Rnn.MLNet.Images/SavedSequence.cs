using Rnn.MLNet.Files;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Onnx.Proto;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Images;

/// <summary>
/// The transformer as a chain of ML.NET's own, for a model file: the pixels, an ONNX model that puts them in order, and a transformer that drops
/// the intermediate columns. The file loads wherever Microsoft.ML.ImageAnalytics and Microsoft.ML.OnnxTransformer are installed.
/// </summary>
internal sealed class SavedSequence : ICanSaveModel, IDisposable
{
    private readonly SavedChain _chain;
    private readonly TemporaryFolder _folder;

    /// <param name="spec">How images become sequences.</param>
    /// <param name="temporaryPath">The folder for a temporary file, <c>MLContext.TempFilePath</c>.</param>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public SavedSequence(SequenceSpec spec, string? temporaryPath)
    {
        // A separate context, so that building the chain neither writes to the user's log nor uses the user's random numbers.
        var context = new MLContext(seed: 0);
        // The OnnxTransformer reads its model file again when it is saved. From a stream it would create a file that it never deletes.
        _folder = new TemporaryFolder(temporaryPath);
        _chain = new SavedChain(ImageSample.View(context, spec.Input, size: null));
        try
        {
            PixelTransforms.AppendTo(_chain, context, spec, resizes: true);
            _chain.Fit(context.Transforms.ApplyOnnxModel([spec.Output], [PixelTransforms.Pixels], _folder.Write("steps.onnx", Order(spec))));
            // Dropping by name also drops the columns of the same name that earlier transformers have hidden.
            _chain.Fit(context.Transforms.DropColumns(PixelTransforms.Pixels));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The chain. It is disposed of with this object.</summary>
    public TransformerChain<ITransformer> Transformer => _chain.ToTransformer();

    public void Dispose()
    {
        _chain.Dispose();
        _folder.Dispose();
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)Transformer).Save(ctx);

    /// <summary>Returns the bytes of the ONNX model that puts the values of one image in the order of the time steps.</summary>
    private static byte[] Order(SequenceSpec spec)
    {
        var graph = new OnnxGraph("steps", PixelTransforms.Pixels, spec.Output);
        var pixels = graph.Input(
            PixelTransforms.Pixels, TensorProto.Types.DataType.Float, "One image: height, width, colours.", spec.Size.Height, spec.Size.Width, spec.Channels);
        var steps = graph.Add("Reshape", [InPatches(graph, pixels, spec), graph.Constant(spec.Steps, spec.Features)]);
        if (!spec.Permutation.IsEmpty)
        {
            // A weight, so that the checksum covers it: a damaged permutation must not pass for another one.
            var order = graph.Weight("permutation", [.. spec.Permutation.Select(step => (float)step)], spec.Steps);
            var numbers = graph.Add("Cast", [order], OnnxGraph.Integer("to", (long)TensorProto.Types.DataType.Int64));
            var guarded = graph.Add("Add", [numbers, WeightChecksum.Guard(graph, graph.Constant(0L))]);
            steps = graph.Add("Gather", [steps, guarded], OnnxGraph.Integer("axis", 0));
        }

        graph.Output(spec.Output, steps, "The sequence: time steps, features.", spec.Steps, spec.Features);
        return graph.ToBytes("Pixels as a sequence, of Rnn.MLNet.Images; one image at a time.", []);
    }

    private static string InPatches(OnnxGraph graph, string pixels, SequenceSpec spec)
    {
        if (spec.IsLayoutInOrder)
        {
            return pixels;
        }

        var cut = graph.Add(
            "Reshape",
            [pixels, graph.Constant(spec.Size.Height / spec.PatchHeight, spec.PatchHeight, spec.Size.Width / spec.PatchWidth, spec.PatchWidth, spec.Channels)]);
        return graph.Add("Transpose", [cut], OnnxGraph.Integers("perm", 0, 2, 1, 3, 4));
    }
}
