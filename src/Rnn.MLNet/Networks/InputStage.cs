using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// The first stage of a network: scales the features and replaces missing ones, from <c>[batch, time, features]</c> to
/// <c>[batch, time, inputs]</c>. Its numbers are learned before training and do not change. Threads may share it.
/// </summary>
internal sealed class InputStage : IDisposable
{
    private readonly MissingValues _missingValues;
    private readonly Tensor? _means;
    private readonly Tensor? _factors;

    public InputStage(NetworkSpec spec, Device device)
    {
        _missingValues = spec.MissingValues;
        if (spec.Scaling is { } scaling)
        {
            _means = tensor(scaling.Means, device: device).DetachFromDisposeScope();
            _factors = tensor(scaling.Factors, device: device).DetachFromDisposeScope();
        }
    }

    /// <summary>Applies the stage.</summary>
    /// <param name="sequences">The features, float32. Missing values are NaN.</param>
    /// <returns>
    /// The inputs of the first layer, and a number by which all outputs of a row are multiplied, <c>[batch, 1]</c>: NaN if scaling has taken a
    /// feature beyond the range of float32, where the cells would saturate and give confident scores, otherwise 1; null if nothing was scaled.
    /// </returns>
    public (Tensor Inputs, Tensor? Validity) Run(Tensor sequences)
    {
        if (_means is null && _missingValues == MissingValues.Refuse)
        {
            return (sequences, null);
        }

        using var zero = 0.ToScalar();
        var scaled = _means is null ? sequences : (sequences - _means) * _factors!;
        var missing = _missingValues == MissingValues.Refuse ? null : sequences.isnan();
        var complete = missing is null ? scaled : scaled.masked_fill(missing, zero);

        var validity = _means is null ? null : complete.mul(zero).sum([1, 2]).exp().unsqueeze(1);
        return (_missingValues == MissingValues.ZeroAndIndicator ? cat([complete, missing!.to(ScalarType.Float32)], -1) : complete, validity);
    }

    public void Dispose()
    {
        _means?.Dispose();
        _factors?.Dispose();
    }
}
