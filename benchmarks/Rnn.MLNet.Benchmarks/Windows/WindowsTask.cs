namespace Rnn.MLNet.Benchmarks.Windows;

/// <summary>Cuts windows out of a log in a child process: a few times for the speed, once to check them and to measure the memory.</summary>
internal static class WindowsTask
{
    public const string Name = "windows";

    private const int Passes = 5;

    public static double[] Run(string order, string rows)
    {
        var context = new MLContext(seed: 1);
        var count = int.Parse(rows, CultureInfo.InvariantCulture);
        var log = LogTable.View(context, Enum.Parse<LogOrder>(order), count);
        var windows = context.Data.CreateSequences(log, LogTable.Options);

        long found = 0;
        var seconds = Fastest(() => found = Read(windows, onWindow: null));
        var rowsOnly = Fastest(() => ReadRows(log));
        var live = CheckAll(windows, count);
        return found == LogTable.Windows(count)
            ? new WindowsResult(found, seconds, rowsOnly, live, PeakMemory.Megabytes()).Values
            : throw new InvalidDataException($"There are {found} windows, not {LogTable.Windows(count)}.");
    }

    /// <summary>Returns the time of the fastest of some passes, in seconds. The first ones also compile.</summary>
    private static double Fastest(Action pass) => Enumerable.Range(0, Passes).Min(_ =>
    {
        var clock = Stopwatch.StartNew();
        pass();
        return clock.Elapsed.TotalSeconds;
    });

    /// <summary>Checks each window, and returns the largest managed memory in use, in megabytes.</summary>
    private static double CheckAll(IDataView windows, int rows)
    {
        var interval = Math.Max(1, LogTable.Windows(rows) / 100);
        long most = 0;
        Read(windows, (number, machine, values) =>
        {
            Check(machine, values);
            if (number % interval == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        });
        return most / (1024.0 * 1024.0);
    }

    /// <summary>Requires that all steps of a window are of its machine and follow each other.</summary>
    private static void Check(ReadOnlyMemory<char> machine, ReadOnlySpan<float> values)
    {
        var group = int.Parse(machine.Span["machine ".Length..], CultureInfo.InvariantCulture);
        for (var step = 0; step < LogTable.Length; step++)
        {
            var features = values.Slice(step * LogTable.Features, LogTable.Features);
            if (features[0] != group || features[1] != values[1] + step)
            {
                throw new InvalidDataException($"A window of {machine} has at its step {step} that of machine {features[0]} at {features[1]}.");
            }
        }
    }

    private static long Read(IDataView windows, Action<long, ReadOnlyMemory<char>, ReadOnlySpan<float>>? onWindow)
    {
        using var cursor = windows.GetRowCursor(windows.Schema);
        var readMachine = cursor.GetGetter<ReadOnlyMemory<char>>(windows.Schema["Machine"]);
        var readTime = cursor.GetGetter<DateTime>(windows.Schema["Time"]);
        var readFeatures = cursor.GetGetter<VBuffer<float>>(windows.Schema["Features"]);
        var readLabel = cursor.GetGetter<bool>(windows.Schema["Label"]);
        var (machine, time, features, label) = (default(ReadOnlyMemory<char>), default(DateTime), default(VBuffer<float>), false);
        long count = 0;
        while (cursor.MoveNext())
        {
            readMachine(ref machine);
            readTime(ref time);
            readFeatures(ref features);
            readLabel(ref label);
            onWindow?.Invoke(count, machine, features.GetValues());
            count++;
        }

        return count;
    }

    /// <summary>Reads the columns that windows are made of.</summary>
    private static void ReadRows(IDataView log)
    {
        using var cursor = log.GetRowCursor(log.Schema);
        var readMachine = cursor.GetGetter<ReadOnlyMemory<char>>(log.Schema["Machine"]);
        var readTime = cursor.GetGetter<DateTime>(log.Schema["Time"]);
        var readNumber = cursor.GetGetter<int>(log.Schema["Number"]);
        var readStep = cursor.GetGetter<float>(log.Schema["Step"]);
        var readTemperature = cursor.GetGetter<float>(log.Schema["Temperature"]);
        var readPressure = cursor.GetGetter<double>(log.Schema["Pressure"]);
        var readFault = cursor.GetGetter<bool>(log.Schema["Fault"]);
        var (machine, time, number, value, pressure, fault) = (default(ReadOnlyMemory<char>), default(DateTime), 0, 0f, 0.0, false);
        while (cursor.MoveNext())
        {
            readMachine(ref machine);
            readTime(ref time);
            readNumber(ref number);
            readStep(ref value);
            readTemperature(ref value);
            readPressure(ref pressure);
            readFault(ref fault);
        }
    }
}
