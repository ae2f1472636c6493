namespace Sensors;

/// <summary>What came of watching a machine.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Fault">The reported fault; null if none was reported.</param>
/// <param name="Minute">The minute of the report.</param>
internal sealed record StreamOutcome(Machine Machine, string? Fault, int Minute)
{
    /// <summary>Whether there was nothing to report and nothing was, or the right fault was reported after it began.</summary>
    public bool IsRight => Fault is null ? Machine.Fault == Machine.Healthy : Fault == Machine.Fault && Minute >= Machine.FaultMinute;

    /// <summary>The minutes from the beginning of the fault to the report.</summary>
    public int Delay => Minute - Machine.FaultMinute;
}
