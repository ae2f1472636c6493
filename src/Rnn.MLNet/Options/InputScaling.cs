namespace Rnn.MLNet;

/// <summary>
/// How the features of a sequence are scaled before the first recurrent layer. The scaling is learned from the training rows and is part of the
/// network: of the model, of its zip and of its ONNX file.
/// </summary>
public enum InputScaling
{
    /// <summary>
    /// Scales each feature whose values are not near the unit range, and leaves the others as they are. A feature is near the unit range if its
    /// standard deviation is from 0.05 to 10 and its mean is at most 10, and at most ten deviations, from zero. Of a feature that is 0 in more than
    /// half of the time steps, such as a pixel, the largest magnitude decides instead: unless it is from 0.1 to 10, the feature is divided by it, so
    /// that 0 remains 0. Any other feature is standardised. The default.
    /// </summary>
    Auto,

    /// <summary>Leaves all features as they are.</summary>
    None,

    /// <summary>
    /// Standardises every feature: subtracts its mean and divides by its standard deviation, both over all time steps of all training rows whose
    /// weight is not 0, of a class whose explicit weight is not 0. From a feature that is constant in training, only the mean is subtracted.
    /// </summary>
    Standardize,
}
