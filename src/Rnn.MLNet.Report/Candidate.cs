using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>A candidate of the leaderboard, as the tables and plots show it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Place">Its best place on the leaderboard, from 1.</param>
/// <param name="Series">The number of its colour; the best ones have colours of their own.</param>
internal sealed record Candidate(string Name, int Place, int Series)
{
    /// <summary>Gets the dot in its colour.</summary>
    public string Dot => $"<i class=\"dot\" style=\"background:var({SvgPlot.Variable(Series)})\"></i>";

    /// <summary>Returns the candidates by name.</summary>
    public static IReadOnlyDictionary<string, Candidate> All(ExperimentResult result) => LeaderboardSection.Rows(result)
        .Select((run, index) => (run.TrainerName, Place: index + 1))
        .DistinctBy(row => row.TrainerName)
        .Select((row, series) => new Candidate(row.TrainerName, row.Place, series))
        .ToDictionary(candidate => candidate.Name);
}
