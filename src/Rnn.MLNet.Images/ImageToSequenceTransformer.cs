using Microsoft.ML.Runtime;
using Rnn.MLNet.Images;
using Rnn.MLNet.Native;

namespace Rnn.MLNet;

/// <summary>
/// Turns the images of a column into sequences, <c>Vector&lt;Single, steps, features&gt;</c> from 0 to 1. This type is thread-safe and holds no
/// native memory.
/// </summary>
/// <remarks>
/// <para>
/// Images are copied before ML.NET's transforms read them: an <see cref="MLImage"/> that a row of the user's holds is never disposed of.
/// </para>
/// <para>
/// <c>mlContext.Model.Save</c> saves a chain of ML.NET's own transforms, which loads wherever the packages Microsoft.ML.ImageAnalytics and
/// Microsoft.ML.OnnxTransformer are referenced, without this library. It computes the same, with three differences, which
/// are those of ML.NET's transforms: images of another size are resized where this type refuses them; a missing image (null) is
/// read as black; and an image that a row of the user's holds may be disposed of once it has been read.
/// </para>
/// </remarks>
public sealed class ImageToSequenceTransformer : ITransformer
{
    private readonly FittedSequence _fitted;
    private readonly IHostEnvironment _environment;

    internal ImageToSequenceTransformer(SequenceSpec spec, IHostEnvironment environment)
    {
        _fitted = new FittedSequence(spec);
        _environment = environment;
    }

    /// <summary>The height of the images in pixels: the one that was requested, announced by the column's type, or that of the first image.</summary>
    public int ImageHeight => _fitted.Spec.Size.Height;

    /// <summary>The width of the images in pixels.</summary>
    public int ImageWidth => _fitted.Spec.Size.Width;

    /// <summary>The number of time steps of a sequence.</summary>
    public int TimeSteps => _fitted.Spec.Steps;

    /// <summary>The number of values of a time step.</summary>
    public int Features => _fitted.Spec.Features;

    /// <summary>Always true: each output row depends on one input row only.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>Returns the schema of the output: the input's columns, followed by the sequence.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <returns>The schema of the output.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inputSchema"/> is null.</exception>
    /// <exception cref="ArgumentException">The column is missing, does not hold images, or announces images of another size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return _fitted.SchemaOf(inputSchema).Schema;
    }

    /// <summary>Returns a lazy view of the input with the sequences; an image is read when its sequence is.</summary>
    /// <param name="input">The rows.</param>
    /// <returns>
    /// The view. Reading the sequence of a row throws an <see cref="InvalidOperationException"/> that names the column and the row if there is no
    /// image, if it cannot be read, or if it has another size and no size was requested.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">The column is missing, does not hold images, or announces images of another size.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new SequenceView(input, _fitted);
    }

    /// <summary>Returns a mapper for single rows, for a <see cref="PredictionEngine{TSrc, TDst}"/>.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <returns>The mapper.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inputSchema"/> is null.</exception>
    /// <exception cref="ArgumentException">The column is missing, does not hold images, or announces images of another size.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new SequenceMapper(inputSchema, _fitted);
    }

    /// <summary>ML.NET can save only its own transformers, so an equivalent chain of them is saved (<see cref="SavedSequence"/>).</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        using var saved = new SavedSequence(_fitted.Spec, MLNetAccessors.TempFilePathOf(_environment));
        ((ICanSaveModel)saved).Save(ctx);
    }
}
