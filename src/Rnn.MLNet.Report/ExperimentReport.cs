using Rnn.MLNet.Files;
using Rnn.MLNet.Report;

namespace Rnn.MLNet.Comparison;

/// <summary>The report of an experiment.</summary>
public static class ExperimentReport
{
    /// <summary>
    /// Writes one HTML page, which needs nothing else and asks the network for nothing: leaderboard, plots, learning curves, confusion
    /// matrix, settings, failures, machine.
    /// </summary>
    /// <param name="result">The experiment's result; one without any good trial has a report too.</param>
    /// <param name="path">The file; one that exists is replaced atomically.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it, and the old file is as it was.</exception>
    public static void SaveReport(this ExperimentResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.WriteText(path, ReportPage.Of(result));
    }
}
