using System.Collections.Concurrent;
using System.Globalization;

namespace Rnn.MLNet;

/// <summary>Selects the active mutant. Compiled into the mutated library, where every mutation calls <see cref="Is"/>.</summary>
public static class Mutant
{
    /// <summary>The environment variable with the mutant that is active when a process starts; child processes of a host inherit it.</summary>
    public const string Variable = "RNN_MUTANT";

    /// <summary>The environment variable with a folder to which a process writes, when it exits, the mutants that it reached.</summary>
    public const string ReachedVariable = "RNN_MUTANTS_REACHED";

    /// <summary>No active mutant: the original library.</summary>
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

    /// <summary>Returns whether a mutant is active, and records that it was reached.</summary>
    public static bool Is(int id)
    {
        _reached?.TryAdd(id, true);
        return _active == id;
    }

    /// <summary>Activates one mutant instead of the current one, in this process and in child processes started later.</summary>
    public static void SwitchTo(int id)
    {
        _active = id;
        Environment.SetEnvironmentVariable(Variable, id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Starts or stops recording which mutants are reached; returns those recorded so far.</summary>
    public static ICollection<int> NoteReached(bool note)
    {
        var reached = _reached?.Keys ?? [];
        _reached = note ? [] : null;
        return reached;
    }
}
