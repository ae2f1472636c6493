using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace PortableImages.Consumer;

/// <summary>The columns that the model was trained with.</summary>
internal sealed class Picture
{
    [ImageType(4, 6)]
    public MLImage? Image { get; set; }

    public string Label { get; set; } = "";
}
