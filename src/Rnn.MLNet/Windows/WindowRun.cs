using System.Numerics.Tensors;

namespace Rnn.MLNet.Windows;

/// <summary>The run of steps of one group since its beginning, its last gap or its last row with a missing feature.</summary>
internal sealed class WindowRun
{
    private readonly MissingFeatures _missing;
    private readonly int _maxCarried;
    /// <summary>For how many steps each feature has been carried forward; null if missing features are not carried.</summary>
    private readonly int[]? _carried;

    /// <param name="group">The number of the group.</param>
    /// <param name="features">The features of the last steps; null if features are not read.</param>
    /// <param name="width">The number of features of a step.</param>
    /// <param name="options">The options, of which the treatment of missing features is used.</param>
    public WindowRun(int group, StepRing<float>? features, int width, SequenceOptions options)
    {
        Group = group;
        Features = features;
        _missing = options.MissingFeatures;
        _maxCarried = options.MaxCarriedSteps ?? options.Length - 1;
        _carried = _missing == MissingFeatures.CarryForward ? new int[width] : null;
    }

    /// <summary>The number of the group.</summary>
    public int Group { get; }

    /// <summary>The features of the last steps; null if features are not read.</summary>
    public StepRing<float>? Features { get; }

    /// <summary>The number of rows of the group.</summary>
    public long Rows { get; set; }

    /// <summary>The number of steps of the run.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether the group has a window.</summary>
    public bool HasWindow { get; set; }

    /// <summary>Returns whether the last step can be repeated for some steps without carrying a feature too far.</summary>
    public bool CanRepeat(int steps) => Steps > 0 && steps <= _maxCarried - (_carried is null ? 0 : TensorPrimitives.Max<int>(_carried));

    /// <summary>Adds a copy of the last step.</summary>
    public void Repeat()
    {
        Steps++;
        Features?.Repeat();
        if (_carried is not null)
        {
            TensorPrimitives.Add(_carried, 1, _carried);
        }
    }

    /// <summary>Adds a step.</summary>
    /// <param name="values">The features of the step, of which missing ones may be replaced; empty if features are not read.</param>
    /// <returns>Whether the step was added: false if it has a missing feature that nothing replaces.</returns>
    public bool TryAdd(Span<float> values)
    {
        if ((_missing == MissingFeatures.Split && TensorPrimitives.IsNaNAny<float>(values)) || (_carried is not null && !TryFill(values, _carried)))
        {
            return false;
        }

        Steps++;
        Features?.Add(values);
        return true;
    }

    /// <summary>Ends the run. The next one begins without steps; those that are still held are overwritten before it has a window.</summary>
    public void End() => Steps = 0;

    private bool TryFill(Span<float> values, int[] carried)
    {
        for (var feature = 0; feature < values.Length; feature++)
        {
            if (!float.IsNaN(values[feature]))
            {
                carried[feature] = 0;
            }
            else if (Steps > 0 && carried[feature]++ < _maxCarried)
            {
                values[feature] = Features!.Last[feature];
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
