namespace Sensors;

/// <summary>
/// A simulated machine. Its load changes with the jobs, and with the load its vibration and its temperature. Two kinds of faults develop over an hour and
/// a half: a worn bearing knocks every few minutes, lightly at first; a clogged cooling lets the temperature rise a little above what the load explains.
/// Single knocks also come from outside. Each machine has its own base values.
/// </summary>
internal sealed class Machine(int number, int seed)
{
    /// <summary>The minutes of a shift.</summary>
    public const int Minutes = 720;

    public const string Healthy = "healthy", WornBearing = "worn bearing", CloggedCooling = "clogged cooling";

    public static readonly string[] States = [Healthy, WornBearing, CloggedCooling];

    private const double MinutesToDevelop = 90;
    private static readonly DateTime Start = new(2026, 3, 2, 6, 0, 0);

    private readonly Random _random = new(seed * 100_000 + number);

    public string Name { get; } = FormattableString.Invariant($"press {number}");

    /// <summary>What happens to the machine in the shift; one in three stays healthy.</summary>
    public string Fault { get; } = States[number % States.Length];

    /// <summary>The minute at which the fault begins; <see cref="Minutes"/> if the machine stays healthy.</summary>
    public int FaultMinute { get; } = number % States.Length == 0 ? Minutes : new Random(seed * 7_777 + number).Next(180, 500);

    /// <summary>Measures a whole shift.</summary>
    public List<Measurement> Shift()
    {
        double baseVibration = 1.5 + _random.NextDouble(), ambient = 18 + 8 * _random.NextDouble(), idle = 3.5 + _random.NextDouble();
        int knockEvery = _random.Next(5, 10);
        double load = 0.5, target = 0.5, temperature = ambient + 25 * load;
        var shift = new List<Measurement>(Minutes);
        for (int minute = 0; minute < Minutes; minute++)
        {
            if (_random.Next(40) == 0)
            {
                target = 0.2 + 0.8 * _random.NextDouble();
            }

            load += (target - load) / 4;
            double severity = Math.Clamp((minute - FaultMinute) / MinutesToDevelop, 0, 1);
            double heat = Fault == CloggedCooling ? 9 * severity : 0;
            temperature += (ambient + 25 * load + heat - temperature) / 12;
            bool knocks = Fault == WornBearing && minute % knockEvery == 0;
            double knock = (knocks ? 1.6 * severity : 0) + (_random.Next(25) == 0 ? 1.5 * _random.NextDouble() : 0);
            shift.Add(new Measurement
            {
                Machine = Name,
                Time = Start.AddMinutes(minute),
                Vibration = (float)(baseVibration * (0.6 + 0.8 * load) + knock + Noise(0.12)),
                Temperature = (float)(temperature + Noise(0.3)),
                Current = (float)(idle + 9 * load + Noise(0.15)),
                State = minute >= FaultMinute ? Fault : Healthy,
            });
        }

        return shift;
    }

    /// <summary>Returns normally distributed noise (Box and Muller, 1958).</summary>
    private double Noise(double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
