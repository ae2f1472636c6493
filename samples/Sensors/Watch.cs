namespace Sensors;

/// <summary>
/// Watches one machine, minute by minute. It reports a fault once the network has been sure of it for ten minutes in a row: single minutes may be
/// mistaken.
/// </summary>
internal sealed class Watch(RnnStepEngine engine)
{
    private const int MinutesToBeSure = 10;
    private const float Sure = 0.9f;

    private string _last = Machine.Healthy;
    private int _inARow;

    /// <summary>The reported fault; null as long as none is reported.</summary>
    public string? Fault { get; private set; }

    /// <summary>The minute of the report.</summary>
    public int Minute { get; private set; }

    /// <summary>Runs the network over the measurements of the next minute.</summary>
    /// <returns>The probability of each state. The next step overwrites it.</returns>
    public ReadOnlySpan<float> Step(Measurement measurement)
    {
        var scores = engine.Step([measurement.Vibration, measurement.Temperature, measurement.Current]);
        // Before, the network has seen less than it was trained to decide from.
        bool isSure = engine.Steps >= engine.TimeSteps && scores[engine.PredictedIndex] >= Sure;
        string state = isSure ? engine.PredictedLabel! : Machine.Healthy;
        _inARow = state == _last ? _inARow + 1 : 1;
        _last = state;
        if (Fault is null && state != Machine.Healthy && _inARow >= MinutesToBeSure)
        {
            (Fault, Minute) = (state, (int)engine.Steps - 1);
        }

        return scores;
    }
}
