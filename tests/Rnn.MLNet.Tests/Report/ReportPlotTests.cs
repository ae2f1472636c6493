using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Rnn.MLNet.Tests.Experiments;

namespace Rnn.MLNet.Tests.Report;

/// <summary>The report's plots of results that no trial has made: their names, their numbers and their legends.</summary>
public sealed partial class ReportPlotTests
{
    [Fact]
    public void The_names_of_six_equal_candidates_do_not_lie_on_each_other()
    {
        var page = Page([.. Enumerable.Range(1, 6).Select(number => Run($"candidate {number}", 0.97 + number * 1e-5, seconds: 10 + number * 1e-3))]);

        Assert.All(Plots(page)[..2], plot =>
        {
            var labels = Labels(plot);
            Assert.Equal(["candidate 1", "candidate 2", "candidate 3", "candidate 4", "candidate 5", "candidate 6"], labels.Select(label => label.Text).Order());
            for (var i = 0; i < labels.Count; i++)
            {
                Assert.InRange(labels[i].Left, 0, 560 - labels[i].Width);
                Assert.InRange(labels[i].Baseline, 12, 360 - 4);
                Assert.All(labels[..i], other => Assert.True(
                    Math.Abs(other.Baseline - labels[i].Baseline) >= 14 || other.Left + other.Width < labels[i].Left || labels[i].Left + labels[i].Width < other.Left, $"{labels[i]} lies on {other}"));
            }

            // What is not beside its mark is connected with it.
            Assert.NotEmpty(plot.Elements("line"));
        });
        Assert.DoesNotContain("places on the leaderboard", page);
    }

    [Fact]
    public void Many_candidates_have_the_numbers_of_the_leaderboard()
    {
        var random = new Random(1);
        var page = Page([.. Enumerable.Range(1, 60).Select(number => Run($"candidate {number}", 0.99 - number * 1e-3, seconds: Math.Exp(4 * random.NextDouble())))]);

        var labels = Labels(Plots(page)[0]);
        Assert.All(labels, label => Assert.Matches("^[0-9]+([–,] ?[0-9]+)*$", label.Text));
        Assert.Contains("1", labels.Select(label => label.Text));
        Assert.Contains("60", labels.Select(label => label.Text));
        Assert.Contains("<b>7</b> candidate 7</span>", page);
        Assert.Contains("<td class=\"number rank\">7</td><td><i class=\"dot\" style=\"background:var(--series-6)\"></i>candidate 7</td>", page);
        Assert.Contains("numbers: places on the leaderboard", page);
    }

    [Fact]
    public void Marks_that_lie_on_each_other_share_a_label()
    {
        var page = Page([.. Enumerable.Range(1, 60).Select(number => Run($"candidate {number}", number == 4 ? 0.95 : 0.97 - number * 1e-7))]);

        Assert.Equal(["1–59", "60"], Labels(Plots(page)[0]).Select(label => label.Text));
    }

    [Fact]
    public void Names_that_are_cut_to_the_same_text_become_numbers()
    {
        var name = new string('n', 60);

        Assert.Equal(["1", "2"], Labels(Plots(Page(Run(name + "1", 0.97), Run(name + "2", 0.9)))[0]).Select(label => label.Text));
        Assert.Equal([new string('n', 29) + "…"], Labels(Plots(Page(Run(name + "1", 0.97)))[0]).Select(label => label.Text));
    }

    [Fact]
    public void Any_name_is_shown_as_it_is()
    {
        string[] names = ["a < b & \"c\"", "</svg><script>", "👩‍👩‍👧 🇩🇪", string.Concat(Enumerable.Repeat("👍🏽", 8)) + "x"];

        var page = Page([.. names.Select((name, number) => Run(name, 0.9 + number * 0.02, seconds: Math.Pow(4, number)))]);

        Assert.Equal(names.Order(), Labels(Plots(page)[0]).Select(label => label.Text).Order());
        Assert.DoesNotContain("<script", page);
        // A cut does not divide a letter of several characters.
        Assert.DoesNotContain('\uFFFD', WebUtility.HtmlDecode(Page(Run("x" + string.Concat(Enumerable.Repeat("👍🏽", 40)), 0.97))));
    }

    [Fact]
    public void What_is_not_finite_is_not_drawn()
    {
        var page = Page(
            Run("good", 0.95), Run("ok", 0.94, seconds: 20), Run("infinite loss", double.NegativeInfinity), Run("no number", double.NaN),
            Run("infinite time", 0.93, seconds: double.PositiveInfinity), Run("no time", 0.92, seconds: 0),
            Run("curve", 0.91, seconds: 30) with { LearningCurve = [new(1, 1, 0.5, null), new(2, double.NaN, 0.5, null), new(3, double.PositiveInfinity, 0.5, null)] });

        Assert.Equal(["curve", "good", "ok"], Labels(Plots(page)[0]).Select(label => label.Text).Order());
        Assert.Contains("training time (2 much worse not shown)", Plots(page)[0].Value);
        Assert.DoesNotContain("curve</span>", LegendOfCurves(page));
        Assert.All(Plots(page), plot => Assert.DoesNotMatch("NaN|∞|Infinity", plot.ToString()));
        Assert.Contains("No trial has a value to plot.", Page(Run("only", double.NaN)));
    }

    [Fact]
    public void Learning_curves_have_a_legend_with_their_lines()
    {
        var page = Page([Run("GRU", 0.97), .. Enumerable.Range(0, 6).Select(number => Run("search", 0.96 - number * 0.01, configuration: number)), Run("linear", 0.9) with { LearningCurve = [] }]);

        var legend = Regex.Matches(LegendOfCurves(page), "stroke:var\\((?<color>[^)]+)\\);stroke-width:(?<width>[^;]+);stroke-dasharray:(?<dashes>[^\"]+)\"/></svg>(?<name>[^<]*)<");
        Assert.Equal(["GRU", "search #0", "search #1", "search #2", "search #3"], legend.Select(line => line.Groups["name"].Value));
        // The same lines as in the plot, where the best is on top.
        var curves = Plots(page)[2].Descendants("polyline").Select(line => line.Attribute("style")!.Value).Where(style => style.Contains("--series-", StringComparison.Ordinal)).Reverse().ToList();
        Assert.Equal(
            legend.Select(line => $"{line.Groups["color"]} {line.Groups["width"]} {line.Groups["dashes"].Value.Replace("none", "", StringComparison.Ordinal)}"),
            curves.Select(style => Regex.Match(style, "stroke:var\\((?<color>[^)]+)\\);stroke-width:(?<width>[^;]+)(;stroke-linejoin:round)(;stroke-dasharray:(?<dashes>[^;]*))?"))
                .Select(line => $"{line.Groups["color"]} {line.Groups["width"]} {line.Groups["dashes"].Value.Replace(',', ' ')}"));
        Assert.Equal(legend.Count, curves.Distinct().Count());
    }

    [Fact]
    public void Only_the_twelve_best_curves_are_drawn()
    {
        var legend = LegendOfCurves(Page([.. Enumerable.Range(10, 20).Select(number => Run($"GRU {number}", 0.99 - number * 1e-3))]));

        Assert.Equal(Enumerable.Range(10, 12).Select(number => $"GRU {number}"), Regex.Matches(legend, "GRU [0-9]+").Select(match => match.Value));
        Assert.Contains("the 12 best of 20 curves", legend);
    }

    [Theory]
    [InlineData(1000.0, 1.01)]
    [InlineData(1000.0, 1.9)]
    [InlineData(1500.0, 250.0)]
    [InlineData(0.5, 3.0)]
    [InlineData(30.0, 100_000.0)]
    public void A_cost_axis_has_labels_that_do_not_touch(double microseconds, double factor)
    {
        var ticks = Plots(Page(Run("a", 0.97, microseconds: microseconds), Run("b", 0.9, microseconds: microseconds * factor)))[1].Descendants("text")
            .Where(text => text.Value.EndsWith("µs", StringComparison.Ordinal))
            .Select(text => (text.Value, X: double.Parse(Regex.Match(text.Attribute("transform")!.Value, "[0-9.]+").Value, CultureInfo.InvariantCulture))).ToList();

        Assert.True(ticks.Count >= 2);
        Assert.Equal(ticks.Count, ticks.DistinctBy(tick => tick.Value).Count());
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.Second.X - pair.First.X > 3.25 * (pair.First.Value.Length + pair.Second.Value.Length), $"{pair}"));
    }

    private static RnnRunDetail Run(string name, double accuracy, double seconds = 10, double microseconds = 30, int? configuration = null) => RunDetails.Whole with
    {
        TrainerName = name,
        Configuration = configuration,
        Settings = new Dictionary<string, string>(),
        ValidationMetrics = RunDetails.Whole.ValidationMetrics! with { MicroAccuracy = accuracy },
        Loss = 1 - accuracy,
        TrainingTimeInSeconds = seconds,
        MicrosecondsPerRow = microseconds,
    };

    private static string Page(params RnnRunDetail[] runs)
    {
        using var file = new TemporaryFile(".html");
        ExperimentResults.Of([.. runs.Select((run, index) => run with { TrialId = index + 1 })]).SaveReport(file.Path);
        return File.ReadAllText(file.Path);
    }

    private static List<XElement> Plots(string page) => [.. Plot().Matches(page).Select(match => XElement.Parse(match.Value))];

    private static List<Label> Labels(XElement plot) => [.. plot.Descendants("text").Where(text => text.Attribute("class") is not null).Select(Label.Of)];

    private static string LegendOfCurves(string page) => page[page.IndexOf("<figure class=\"curves\">", StringComparison.Ordinal)..].Split("<p class=\"legend\">")[1].Split("</p>")[0];

    [GeneratedRegex("<svg viewBox.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Plot();

    private sealed record Label(string Text, double Left, double Baseline)
    {
        public double Width => Text.Length * CharacterWidth;

        /// <summary>That of most fonts of the size.</summary>
        private const double CharacterWidth = 7;

        public static Label Of(XElement text)
        {
            double Number(string name) => double.Parse(text.Attribute(name)!.Value, CultureInfo.InvariantCulture);
            var width = text.Value.Length * CharacterWidth;
            return new Label(text.Value, Number("x") - (text.Attribute("class")!.Value switch { "label end" => width, "label middle" => width / 2, _ => 0 }), Number("y"));
        }
    }
}
