namespace Sensors;

/// <summary>The sensors of a machine at one minute: a row of the table.</summary>
internal sealed class Measurement
{
    public required string Machine { get; init; }

    public required DateTime Time { get; init; }

    /// <summary>In millimetres per second.</summary>
    public required float Vibration { get; init; }

    /// <summary>In degrees Celsius.</summary>
    public required float Temperature { get; init; }

    /// <summary>In ampere. It tells the load.</summary>
    public required float Current { get; init; }

    /// <summary>The state that a mechanic found afterwards, one of <see cref="Machine.States"/>.</summary>
    public required string State { get; init; }
}
