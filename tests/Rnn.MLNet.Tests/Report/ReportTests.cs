using Rnn.MLNet.Tests.Experiments;

namespace Rnn.MLNet.Tests.Report;

public sealed class ReportTests
{
    private static readonly IDataView Train = Bar.View(300), Validation = Bar.View(100, seed: 2);

    [Fact]
    public void The_page_has_every_section_and_asks_for_nothing()
    {
        var page = Page(SmallExperiments.Create(SmallExperiments.Settings with { MaxTrials = 7 })
            .Add("GRU <8>", context => context.Transforms.RnnClassifier(SmallExperiments.Options(epochs: 3)))
            .Add("Naive & Bayes", SmallExperiments.Bayes)
            .Add("broken", _ => throw new InvalidOperationException("it <broke>"))
            .AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(epochs: 3), SmallExperiments.Halving)
            .Execute(Train, Validation));

        foreach (var heading in new[] { "Leaderboard", "Accuracy and cost", "Per-class results", "Trials without a result", "All trials", "Machine and versions" })
        {
            Assert.Contains($"<h2>{heading}", page, StringComparison.Ordinal);
        }

        Assert.Contains("GRU &lt;8&gt;", page, StringComparison.Ordinal);
        Assert.Contains("it &lt;broke&gt;", page, StringComparison.Ordinal);
        Assert.Equal(3, Count(page, "<svg viewBox"));
        Assert.Contains("TorchSharp", page, StringComparison.Ordinal);
        Assert.Contains("LearningRate <b>", page, StringComparison.Ordinal);
        foreach (var outside in new[] { "http:", "https:", "src=", "@import", "<script", "url(http" })
        {
            // A document of SVG names its namespaces, which nobody fetches; the page does without even these.
            Assert.DoesNotContain(outside, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_result_without_a_good_trial_has_a_report_too()
    {
        var page = Page(SmallExperiments.Create().Add("broken", _ => throw new InvalidOperationException("it broke")).Execute(Train, Validation));
        Assert.Contains("No trial finished in time", page, StringComparison.Ordinal);
        Assert.Contains("it broke", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parts_of_the_plots_have_names_of_their_own()
    {
        var page = Page(SmallExperiments.Create().Add("GRU", context => context.Transforms.RnnClassifier(SmallExperiments.Options(epochs: 2))).Execute(Train, Validation));
        var ids = System.Text.RegularExpressions.Regex.Matches(page, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    private static string Page(ExperimentResult result)
    {
        var path = Path.GetTempFileName();
        result.SaveReport(path);
        var page = File.ReadAllText(path);
        File.Delete(path);
        return page;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
