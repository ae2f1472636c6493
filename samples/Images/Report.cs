using Spectre.Console;

namespace Images;

/// <summary>Prints the results of a run.</summary>
internal static class Report
{
    public static void Files(string folder, int train, int test, TimeSpan time) =>
        AnsiConsole.MarkupLineInterpolated($"{train:N0} training images and {test:N0} test images written to {folder} in {time.TotalSeconds:F1} s");

    public static void Deleting(string folder) => AnsiConsole.MarkupLineInterpolated($"deleting {folder}; --folder keeps the files");

    public static void Training(TransformerChain<Microsoft.ML.Transforms.KeyToValueMappingTransformer> model, SequenceLayout layout, TimeSpan time)
    {
        var sequences = model.OfType<ImageToSequenceTransformer>().Single();
        var history = model.OfType<RnnClassifierTransformer>().Single().History;
        AnsiConsole.MarkupLineInterpolated(
            $"{layout}: {sequences.TimeSteps} steps of {sequences.Features}; {history.Epochs.Count} epochs in {time.TotalSeconds:F1} s, reading the files included");
    }

    public static void Accuracy(string name, MulticlassClassificationMetrics metrics) =>
        AnsiConsole.MarkupLineInterpolated($"{name}: [bold]{metrics.MicroAccuracy:P2}[/] of the test images, log-loss {metrics.LogLoss:F4}");

    /// <summary>Shows the first images that are classified correctly and the first that is not.</summary>
    public static void Examples(IEnumerable<(string Label, string Drawing, DigitPrediction Prediction)> examples, int right = 3, int wrong = 1)
    {
        var panels = new List<Panel>();
        foreach (var (label, drawing, prediction) in examples)
        {
            bool isRight = prediction.PredictedDigit == label;
            if ((isRight ? right : wrong) == 0)
            {
                continue;
            }

            _ = isRight ? right-- : wrong--;
            string answer = $"{prediction.PredictedDigit} ({prediction.Score.Max():P0})";
            panels.Add(new Panel(new Rows(new Text(drawing), new Text(answer, new Style(isRight ? Color.Green : Color.Red, decoration: Decoration.Bold))))
                .Header($"a {label}").RoundedBorder());
            if (right + wrong == 0)
            {
                break;
            }
        }

        AnsiConsole.Write(new Columns(panels).Collapse());
    }
}
