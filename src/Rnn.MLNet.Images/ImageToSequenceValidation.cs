using static Rnn.MLNet.OptionRequirement;

namespace Rnn.MLNet.Images;

/// <summary>Validates <see cref="ImageToSequenceOptions"/>, and the layout and the permutation against the size of the images.</summary>
internal static class ImageToSequenceValidation
{
    /// <summary>The largest number of pixels of ML.NET's image type.</summary>
    private const int MaximumPixels = int.MaxValue / 4;

    /// <summary>The saved model stores the permutation as numbers of type Single, which are exact up to here.</summary>
    private const int MaximumPermutation = 1 << 24;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or contradicts another.</exception>
    public static void Validate(ImageToSequenceOptions options)
    {
        OptionsValidation.Name(options.OutputColumnName, nameof(options.OutputColumnName));
        OptionsValidation.Name(options.InputColumnName, nameof(options.InputColumnName));
        ArgumentNullException.ThrowIfNull(options.Layout, nameof(options.Layout));
        Defined(options.Colors, nameof(options.Colors));
        Defined(options.Resizing, nameof(options.Resizing));
        Defined(options.CropAnchor, nameof(options.CropAnchor));
        Require(options.ImageHeight is null or >= 1, nameof(options.ImageHeight), options.ImageHeight, "at least 1, or null");
        Require(options.ImageWidth is null or >= 1, nameof(options.ImageWidth), options.ImageWidth, "at least 1, or null");
        Require(
            options.ImageWidth is null == options.ImageHeight is null, nameof(options.ImageWidth), options.ImageWidth,
            options.ImageHeight is null ? "null unless ImageHeight is given" : "given together with ImageHeight");
        if (options is { ImageHeight: { } height, ImageWidth: { } width })
        {
            Require((long)height * width <= MaximumPixels, nameof(options.ImageWidth), width, $"at most {MaximumPixels} divided by ImageHeight, which is {height}");
        }

        if (options.Permutation is { } permutation)
        {
            RequirePermutation(permutation);
        }
    }

    /// <summary>Requires that the images can be cut into the steps of the layout, and that the permutation has one place for each step.</summary>
    /// <exception cref="ArgumentException">They cannot, or it has not.</exception>
    public static void RequireSteps(SequenceSpec spec)
    {
        if (spec.Size.Height % spec.PatchHeight != 0 || spec.Size.Width % spec.PatchWidth != 0)
        {
            throw new ArgumentException(
                $"The images of the column '{spec.Input}' cannot be cut into whole patches: Layout is {spec.Layout} (height, width), the images have {spec.Size}."
                + " Choose patches that divide the size, or resize the images with ImageHeight and ImageWidth.");
        }

        if (!spec.Permutation.IsEmpty && spec.Permutation.Length != spec.Steps)
        {
            throw new ArgumentException(
                $"Permutation must have one place for each time step, {spec.Steps} with the layout {spec.Layout} of images of {spec.Size} in the column '{spec.Input}'; it has {spec.Permutation.Length}.");
        }
    }

    private static void RequirePermutation(IReadOnlyList<int> permutation)
    {
        const string Name = nameof(ImageToSequenceOptions.Permutation);
        Require(permutation.Count is >= 1 and <= MaximumPermutation, $"{Name}.Count", permutation.Count, $"from 1 to {MaximumPermutation}");
        var seen = new int[permutation.Count];
        for (var place = 0; place < permutation.Count; place++)
        {
            var step = permutation[place];
            Require(step >= 0 && step < permutation.Count, $"{Name}[{place}]", step, $"from 0 to {permutation.Count - 1}, the number of a time step counted from 0");
            Require(seen[step] == 0, $"{Name}[{place}]", step, $"a step that does not occur before; {Name}[{seen[step] - 1}] is the same");
            seen[step] = place + 1;
        }
    }
}
