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
    /// <param name="path">The file; one that exists is replaced.</param>
    public static void SaveReport(this ExperimentResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrEmpty(path);
        File.WriteAllText(path, ReportPage.Of(result));
    }
}
