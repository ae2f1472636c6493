using System.Collections.Immutable;
using Microsoft.ML.Runtime;
using Rnn.MLNet.Images;

namespace Rnn.MLNet;

/// <summary>
/// Turns the images of a column into sequences for a recurrent network. Created by the methods of <see cref="RnnImageCatalog"/>.
/// </summary>
/// <remarks>
/// <para>Input: a column of <see cref="MLImage"/>, as <c>LoadImages</c> gives it, or a property of an own class.</para>
/// <para>
/// Output: <c>Vector&lt;Single, steps, features&gt;</c>, a value from 0 (black) to 1 for each colour of each pixel. Transparent pixels are read as on a
/// black background. <c>RnnClassifier</c> takes the number of time steps from the first dimension.
/// </para>
/// </remarks>
public sealed class ImageToSequenceEstimator : IEstimator<ImageToSequenceTransformer>
{
    private static readonly MLContext Stock = new(seed: 0);

    private readonly IHostEnvironment _environment;
    private readonly ImageToSequenceOptions _options;
    private readonly ImmutableArray<int> _permutation;

    /// <param name="environment">The context's environment.</param>
    /// <param name="options">The columns, the layout and the size.</param>
    internal ImageToSequenceEstimator(IHostEnvironment environment, ImageToSequenceOptions options)
    {
        // The caller may change the list later.
        _permutation = options.Permutation is { } permutation ? [.. permutation] : [];
        _options = options.Permutation is null ? options : options with { Permutation = _permutation };
        SkiaSharpVersion.Require();
        ImageToSequenceValidation.Validate(_options);
        _environment = environment;
        if (SizeOf(options) is { } size)
        {
            ImageToSequenceValidation.RequireSteps(SpecOf(size));
        }
    }

    /// <summary>Determines the size of the images.</summary>
    /// <param name="input">
    /// The data. Only the first row's image is read, and only if the options have no size and the column's type announces none.
    /// </param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The column is missing or does not hold images, or their size does not fit the layout or the permutation.
    /// </exception>
    /// <exception cref="InvalidOperationException">The size is to be that of the first image, and there is none, or it cannot be read.</exception>
    public ImageToSequenceTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var column = ImageColumnRules.Find(input.Schema, _options.InputColumnName);
        var spec = SpecOf(SizeOf(_options) ?? ImageColumnRules.AnnouncedSize(column) ?? FirstSize(input, column));
        ImageToSequenceValidation.RequireSteps(spec);
        return new ImageToSequenceTransformer(spec, _environment);
    }

    /// <summary>Returns the schema of the output.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <returns>The input's columns and the sequence.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inputSchema"/> is null.</exception>
    /// <exception cref="ArgumentException">The column is missing or does not hold images.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ImageColumnRules.Require(inputSchema, _options.InputColumnName);
        // SchemaShape.Column cannot be constructed outside ML.NET.
        return Stock.Transforms.ExtractPixels(_options.OutputColumnName, _options.InputColumnName).GetOutputSchema(inputSchema);
    }

    private static ImageSize? SizeOf(ImageToSequenceOptions options) =>
        options is { ImageHeight: { } height, ImageWidth: { } width } ? new ImageSize(height, width) : null;

    private static ImageSize FirstSize(IDataView input, DataViewSchema.Column column)
    {
        using var cursor = input.GetRowCursor([column, .. RowTexts.Columns(input.Schema)]);
        return cursor.MoveNext()
            ? new ImageReader(cursor, column, expected: null).ReadSize()
            : throw new InvalidOperationException(
                $"The size of the images in the column '{column.Name}' is unknown, and there is no row to take it from: set ImageHeight and ImageWidth.");
    }

    private SequenceSpec SpecOf(ImageSize size) => new(
        _options.InputColumnName,
        _options.OutputColumnName,
        size,
        IsResized: SizeOf(_options) is not null,
        _options.Colors,
        _options.Resizing,
        _options.CropAnchor,
        _options.Layout,
        _permutation);
}
