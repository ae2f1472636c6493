using System.ComponentModel.DataAnnotations;

namespace WebApi;

/// <summary>The section "Model" of appsettings.json, or the variables <c>Model__Path</c> and so on.</summary>
internal sealed class ModelSettings
{
    /// <summary>The zip. It is loaded again when the file changes.</summary>
    [Required]
    public string Path { get; set; } = "model.zip";

    /// <summary>The column of the features, a vector of <c>Single</c>.</summary>
    [Required]
    public string FeatureColumn { get; set; } = "Features";

    [Required]
    public string ScoreColumn { get; set; } = "Score";

    [Required]
    public string PredictedLabelColumn { get; set; } = "PredictedLabel";

    /// <summary>How often the file is looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The largest number of rows in a batch.</summary>
    [Range(1, 1_000_000)]
    public int MaxRows { get; set; } = 256;

    /// <summary>The largest body of a request.</summary>
    [Range(1, int.MaxValue)]
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;
}
