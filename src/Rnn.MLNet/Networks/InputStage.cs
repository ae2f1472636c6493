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
    public Tensor Run(Tensor sequences)
    {
        var scaled = _means is null ? sequences : (sequences - _means) * _factors!;
        if (_missingValues == MissingValues.Refuse)
        {
            return scaled;
        }

        var missing = sequences.isnan();
        using var zero = 0.ToScalar();
        var complete = scaled.masked_fill(missing, zero);
        return _missingValues == MissingValues.ZeroAndIndicator ? cat([complete, missing.to(ScalarType.Float32)], -1) : complete;
    }

    public void Dispose()
    {
        _means?.Dispose();
        _factors?.Dispose();
    }
}
