namespace Compare;

/// <summary>
/// The MNIST digits. The last 10,000 images of the training file (at most a fifth of it) are the validation set; the test set is used only for the
/// best model.
/// </summary>
internal sealed record ComparisonData(IDataView Train, IDataView Validation, IDataView Test, int TrainRows, int ValidationRows, int TestRows)
{
    private const int ToChooseBy = 10_000;

    public static ComparisonData Load(MLContext context, CompareOptions options)
    {
        var training = MnistDataSet.ReadTraining(options.DataFolder);
        var test = MnistDataSet.ReadTest(options.DataFolder);
        int choose = Math.Min(ToChooseBy, training.Count / 5);
        int train = Math.Min(options.Limit ?? int.MaxValue, training.Count - choose);
        return new ComparisonData(
            View(context, training.Digits().Take(train)), View(context, training.Digits().Skip(training.Count - choose)), View(context, test.Digits()),
            train, choose, test.Count);
    }

    private static IDataView View(MLContext context, IEnumerable<Digit> digits) => context.Data.LoadFromEnumerable(digits);
}
