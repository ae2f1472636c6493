using System.Text;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Writes the confusion matrix of the best trial and the precision and recall of each class.</summary>
internal static class ClassSection
{
    public static string Of(RnnRunDetail best)
    {
        var metrics = best.ValidationMetrics!;
        var html = new StringBuilder($"<section>\n<h2>Per-class results: {Show.Text(best.TrainerName)}</h2>\n<div class=\"pair\">\n<div class=\"scroll\"><table class=\"confusion\">\n");
        html.Append("<caption>rows: true class; columns: predicted class</caption>\n<thead><tr><th></th>");
        foreach (var name in metrics.Classes)
        {
            html.Append($"<th>{Show.Text(name)}</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        for (var row = 0; row < metrics.Classes.Count; row++)
        {
            html.Append($"<tr><th>{Show.Text(metrics.Classes[row])}</th>");
            var total = Math.Max(1, metrics.ConfusionMatrix[row].Sum());
            for (var column = 0; column < metrics.Classes.Count; column++)
            {
                var count = metrics.ConfusionMatrix[row][column];
                // Errors are rare: shading by the square root of their fraction keeps one in a hundred visible.
                var shade = row == column ? 0.12 + 0.55 * count / total : Math.Sqrt(count / total) * 0.9;
                html.Append(count == 0
                    ? "<td class=\"none\">·</td>"
                    : Show.Invariant($"<td class=\"{(row == column ? "right" : "wrong")}\" style=\"--shade:{shade * 100:F0}%\">{count:0}</td>"));
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n<table class=\"classes\">\n<thead><tr><th>Class</th><th class=\"number\">precision</th><th class=\"number\">recall</th><th class=\"number\">rows</th></tr></thead>\n<tbody>\n");
        for (var i = 0; i < metrics.Classes.Count; i++)
        {
            html.Append($"<tr><td>{Show.Text(metrics.Classes[i])}</td><td class=\"number\">{Show.Share(metrics.PerClassPrecision[i])}</td><td class=\"number\">{Show.Share(metrics.PerClassRecall[i])}</td><td class=\"number\">{Show.Number(metrics.ConfusionMatrix[i].Sum(), "#,0")}</td></tr>\n");
        }

        return html.Append("</tbody>\n</table>\n</div>\n</section>\n").ToString();
    }
}
