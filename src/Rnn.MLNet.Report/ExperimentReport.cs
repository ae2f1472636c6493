using Rnn.MLNet.Files;
using Rnn.MLNet.Report;

namespace Rnn.MLNet.Comparison;

/// <summary>Extension method that writes the report of an experiment.</summary>
public static class ExperimentReport
{
    /// <summary>
    /// Writes a report as a single HTML file without external resources: leaderboard, plots, learning curves, confusion matrix, settings,
    /// failures, machine.
    /// </summary>
    /// <param name="result">The result of the experiment; it may have no successful trial.</param>
    /// <param name="path">The path of the file; an existing file is replaced atomically.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it, and an existing file is unchanged.</exception>
    public static void SaveReport(this ExperimentResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.WriteText(path, ReportPage.Of(result));
    }
}
