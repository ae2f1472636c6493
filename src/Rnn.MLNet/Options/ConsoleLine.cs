using System.Diagnostics;

namespace Rnn.MLNet;

/// <summary>The last line of a console: rewritten in place on a terminal, not shown at all in a file or a pipe. Safe for several threads.</summary>
internal sealed class ConsoleLine
{
    /// <summary>The time for which a line stays at least, so that a terminal at the end of a slow connection does not hold up the work.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(0.1);

    // All write to one console.
    private static readonly Lock Console = new();

    private readonly TextWriter? _writer;
    private readonly int? _width;
    private readonly TimeSpan _shown;
    private long _shownAt;
    private int _length;

    /// <summary>The console of the process.</summary>
    public ConsoleLine()
        : this(writer: null, width: null, Shown)
    {
    }

    /// <param name="writer">Where to write; null for the console's output at the time of writing.</param>
    /// <param name="width">The width of the terminal; 0 for none; null for that of the console, if it is one.</param>
    /// <param name="shown">The time for which a line stays at least.</param>
    public ConsoleLine(TextWriter? writer, int? width, TimeSpan shown) => (_writer, _width, _shown) = (writer, width, shown);

    /// <summary>Replaces the last line by another, unless it was replaced a moment ago. The cursor stays at its beginning, where what comes next is written over it.</summary>
    public void Replace(Func<string> line)
    {
        lock (Console)
        {
            var width = _width ?? TerminalWidth();
            if (width < 2 || (_shownAt != 0 && Stopwatch.GetElapsedTime(_shownAt) < _shown))
            {
                return;
            }

            var text = line();
            // The last column stays free: many terminals begin a new line behind it.
            text = text.Length < width ? text : text[..(width - 1)];
            Writer.Write(text.PadRight(_length) + "\r");
            _length = text.Length;
            _shownAt = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Writes a line that stays.</summary>
    public void Write(string line)
    {
        lock (Console)
        {
            Writer.WriteLine(line.PadRight(_length));
            _length = 0;
        }
    }

    private TextWriter Writer => _writer ?? System.Console.Out;

    private static int TerminalWidth()
    {
        if (System.Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb")
        {
            return 0;
        }

        try
        {
            return System.Console.WindowWidth;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return 0;
        }
    }
}
