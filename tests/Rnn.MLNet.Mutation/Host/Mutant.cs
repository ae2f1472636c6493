using System.Collections.Concurrent;
using System.Globalization;

namespace Rnn.MLNet;

/// <summary>Which mutant is switched on. Compiled into the mutated library; every mutation asks here.</summary>
public static class Mutant
{
    /// <summary>The switched-on mutant of a process that begins with one; children of a host inherit it.</summary>
    public const string Variable = "RNN_MUTANT";

    /// <summary>A folder where a process that ends writes which mutants it reached.</summary>
    public const string ReachedVariable = "RNN_MUTANTS_REACHED";

    /// <summary>No mutant: the library as it is.</summary>
    public const int None = -1;

    private static int _active = None;
    private static ConcurrentDictionary<int, bool>? _reached;

    static Mutant()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var active))
        {
            _active = active;
        }

        if (Environment.GetEnvironmentVariable(ReachedVariable) is { Length: > 0 } folder)
        {
            _reached = [];
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                File.WriteAllText(Path.Combine(folder, $"{Guid.NewGuid()}"), string.Join(' ', _reached?.Keys ?? []));
        }
    }

    /// <summary>Whether this mutant is switched on.</summary>
    public static bool Is(int id)
    {
        _reached?.TryAdd(id, true);
        return _active == id;
    }

    /// <summary>Switches one mutant on and all others off, here and in processes begun from now on.</summary>
    public static void SwitchTo(int id)
    {
        _active = id;
        Environment.SetEnvironmentVariable(Variable, id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>From now on notes which mutants are reached; returns those noted until now.</summary>
    public static ICollection<int> NoteReached(bool note)
    {
        var reached = _reached?.Keys ?? [];
        _reached = note ? [] : null;
        return reached;
    }
}
