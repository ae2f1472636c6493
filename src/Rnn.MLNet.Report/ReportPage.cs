using System.Text;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Assembles the page from its sections.</summary>
internal static class ReportPage
{
    public static string Of(ExperimentResult result)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            // Keeps browsers from requesting a favicon.
            .Append("<link rel=\"icon\" href=\"data:,\">\n<title>Comparison</title>\n<style>\n").Append(Style()).Append("</style>\n</head>\n<body>\n<main>\n");
        page.Append(SummarySection.Of(result));
        if (result.BestRun is not null)
        {
            var candidates = Candidate.All(result);
            page.Append(LeaderboardSection.Of(result, candidates));
            page.Append(PlotSection.Of(result, candidates));
            page.Append(ClassSection.Of(result.BestRun));
        }

        page.Append(TrialSection.Of(result));
        page.Append(EnvironmentSection.Of(result));
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Style()
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
