namespace Rnn.MLNet.Tests.Windows;

/// <summary>Options and columns that do not fit are refused when the view is created, before a row is read.</summary>
public sealed class SequenceOptionsTests
{
    private static readonly SequenceOptions Options = new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value"], Length = 3 };

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string, string> WrongOptions => new()
    {
        { nameof(SequenceOptions.GroupBy), "GroupBy must be a column name, or null; it is an empty string." },
        { nameof(SequenceOptions.OrderBy), "OrderBy must be a column name, or null; it is an empty string." },
        { nameof(SequenceOptions.Features), "Features must be a list of column names; it is null." },
        { "Features, none", "Features must be the names of at least one column; it is empty." },
        { "Features, null", "Features[1] must be a column name; it is null." },
        { "Features, twice", "Features[2] must be different from Features[0]; it is Value." },
        { nameof(SequenceOptions.Label), "Label must be a rule of a column that is not among the Features: the network would read its answer; it is Last(Other)." },
        { nameof(SequenceOptions.Length), "Length must be at least 1; it is 0." },
        { nameof(SequenceOptions.Stride), "Stride must be at least 1; it is -1." },
        { nameof(SequenceOptions.Interval), "Interval must be null unless OrderBy is given; it is 0.5." },
        { nameof(SequenceOptions.Gaps), "Gaps must be Refuse unless Interval is given; it is Split." },
        { "Gaps, undefined", "Gaps must be one of Refuse, Split, CarryForward; it is 7." },
        { nameof(SequenceOptions.MissingFeatures), "MissingFeatures must be one of Refuse, Split, CarryForward, Keep; it is 9." },
        { nameof(SequenceOptions.MaxCarriedSteps), "MaxCarriedSteps must be null unless Gaps or MissingFeatures is CarryForward; it is 2." },
        { "MaxCarriedSteps, none", "MaxCarriedSteps must be from 1 to Length - 1, which is 2, or null; it is 0." },
        { "MaxCarriedSteps, too many", "MaxCarriedSteps must be from 1 to Length - 1, which is 2, or null; it is 3." },
        { nameof(SequenceOptions.FeaturesColumnName), "FeaturesColumnName must be a column name; it is an empty string." },
        { nameof(SequenceOptions.LabelColumnName), "LabelColumnName must be a column name; it is null." },
        { "Names, group and time", "OrderBy must be different from GroupBy: both are names of output columns; it is Machine." },
        { "Names, group and features", "FeaturesColumnName must be different from GroupBy: both are names of output columns; it is Machine." },
        { "Names, time and label", "LabelColumnName must be different from OrderBy: both are names of output columns; it is Time." },
        { "Names, features and label", "LabelColumnName must be different from FeaturesColumnName: both are names of output columns; it is Features." },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void A_value_out_of_range_is_named(string what, string message)
    {
        var options = what switch
        {
            "GroupBy" => Options with { GroupBy = "" },
            "OrderBy" => Options with { OrderBy = "" },
            "Features" => Options with { Features = null! },
            "Features, none" => Options with { Features = [] },
            "Features, null" => Options with { Features = ["Value", null!] },
            "Features, twice" => Options with { Features = ["Value", "Other", "Value"] },
            "Label" => Options with { Features = ["Value", "Other"], Label = SequenceLabel.Last("Other") },
            "Length" => Options with { Length = 0 },
            "Stride" => Options with { Stride = -1 },
            "Interval" => Options with { OrderBy = null, Interval = 0.5 },
            "Gaps" => Options with { Gaps = TimeGaps.Split },
            "Gaps, undefined" => Options with { Gaps = (TimeGaps)7 },
            "MissingFeatures" => Options with { MissingFeatures = (MissingFeatures)9 },
            "MaxCarriedSteps" => Options with { MaxCarriedSteps = 2, MissingFeatures = MissingFeatures.Split },
            "MaxCarriedSteps, none" => Options with { MaxCarriedSteps = 0, MissingFeatures = MissingFeatures.CarryForward },
            "MaxCarriedSteps, too many" => Options with { MaxCarriedSteps = 3, Interval = 1, Gaps = TimeGaps.CarryForward },
            "FeaturesColumnName" => Options with { FeaturesColumnName = "" },
            "LabelColumnName" => Options with { LabelColumnName = null! },
            "Names, group and time" => Options with { OrderBy = "Machine" },
            "Names, group and features" => Options with { FeaturesColumnName = "Machine" },
            "Names, time and label" => Options with { LabelColumnName = "Time", Label = SequenceLabel.Last("State") },
            _ => Options with { LabelColumnName = "Features", Label = SequenceLabel.Last("State") },
        };

        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Create(options));
        Assert.StartsWith(message, exception.Message);
        Assert.StartsWith(exception.ParamName!, message);
    }

    [Fact]
    public void What_is_allowed_is_not_refused()
    {
        // The name of a label that is not there.
        Create(Options with { LabelColumnName = "Time" });
        Create(Options with { Label = SequenceLabel.Last("Machine") });
        Create(Options with { Features = ["Value"], Label = SequenceLabel.Last("Other") });
        Create(Options with { Features = ["Value", "Time"] });
        Create(Options with { Stride = 100, Interval = 1, Gaps = TimeGaps.CarryForward, MaxCarriedSteps = 2 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_interval_is_finite_and_above_zero(double number)
    {
        Assert.StartsWith("Interval must be a finite number above 0; it is ", Assert.Throws<ArgumentOutOfRangeException>("Interval", () => new StepInterval(number)).Message);
        Assert.StartsWith(
            "Interval must be above zero; it is 00:00:00.", Assert.Throws<ArgumentOutOfRangeException>("Interval", () => new StepInterval(TimeSpan.Zero)).Message);
    }

    [Fact]
    public void An_interval_is_a_time_or_a_number()
    {
        StepInterval time = TimeSpan.FromSeconds(90), number = 0.5, whole = 60;

        Assert.Equal((TimeSpan.FromSeconds(90), (double?)null, "00:01:30"), (time.Time!.Value, time.Number, $"{time}"));
        Assert.Equal(((TimeSpan?)null, 0.5, "0.5"), (number.Time, number.Number!.Value, $"{number}"));
        Assert.Equal(60, whole.Number);
        Assert.Equal(Options with { Interval = 0.5 }, Options with { Interval = number });
        Assert.NotEqual(time, number);
    }

    [Theory]
    [InlineData("group", "The group column 'None' is not in the data, which has 'Machine', 'Time', 'Value', 'Other', 'State', 'Fault'.")]
    [InlineData("time", "The time column 'None' is not in the data, which has 'Machine', 'Time', 'Value', 'Other', 'State', 'Fault'.")]
    [InlineData("feature", "The feature column 'None' is not in the data, which has 'Machine', 'Time', 'Value', 'Other', 'State', 'Fault'.")]
    [InlineData("label", "The label column 'None' is not in the data, which has 'Machine', 'Time', 'Value', 'Other', 'State', 'Fault'.")]
    public void A_column_that_is_not_there_is_named_with_those_that_are(string role, string message)
    {
        var options = role switch
        {
            "group" => Options with { GroupBy = "None" },
            "time" => Options with { OrderBy = "None" },
            "feature" => Options with { Features = ["Value", "None"] },
            _ => Options with { Label = SequenceLabel.Any("None") },
        };

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Create(options)).Message);
    }

    [Fact]
    public void A_column_of_a_wrong_type_is_refused_with_advice()
    {
        var source = EmptyView.Of(
            ("Number", NumberDataViewType.Single), ("Whole", NumberDataViewType.Int32), ("Text", TextDataViewType.Instance), ("Key", new KeyDataViewType(typeof(uint), 3)),
            ("Date", DateTimeDataViewType.Instance), ("Numbers", new VectorDataViewType(NumberDataViewType.Single, 2)), ("Any", new VectorDataViewType(NumberDataViewType.Single)),
            ("Keys", new VectorDataViewType(new KeyDataViewType(typeof(uint), 3), 2)), ("Flag", BooleanDataViewType.Instance));
        var options = new SequenceOptions { Features = ["Number"], Length = 2 };

        Assert.Equal(
            "The group column 'Numbers' must hold texts, keys, numbers, Booleans, times or row identifiers; it is Vector<Single, 2>.",
            Refusal(options with { GroupBy = "Numbers" }));
        Assert.Equal(
            "The time column 'Text' must be DateTime, DateTimeOffset, TimeSpan or a number; it is String. Convert it with mlContext.Transforms.Conversion.ConvertType(\"Text\", outputKind: DataKind.DateTime), or load it as DataKind.DateTime.",
            Refusal(options with { OrderBy = "Text" }));
        Assert.Equal("The time column 'Key' must be DateTime, DateTimeOffset, TimeSpan or a number; it is Key<UInt32, 0-2>.", Refusal(options with { OrderBy = "Key" }));
        Assert.Equal("The time column 'Flag' must be DateTime, DateTimeOffset, TimeSpan or a number; it is Boolean.", Refusal(options with { OrderBy = "Flag" }));
        Assert.Equal(
            "The feature column 'Text' must hold numbers or Booleans, or vectors of them of known size; it is String. Convert it with mlContext.Transforms.Conversion.ConvertType(\"Text\", outputKind: DataKind.Single) if it holds numbers, or with mlContext.Transforms.Categorical.OneHotEncoding(\"Text\").",
            Refusal(options with { Features = ["Text"] }));
        Assert.EndsWith(" it is Key<UInt32, 0-2>. Convert it with mlContext.Transforms.Conversion.MapKeyToVector(\"Key\").", Refusal(options with { Features = ["Key"] }));
        Assert.EndsWith(" Convert it with mlContext.Transforms.Conversion.MapKeyToVector(\"Keys\").", Refusal(options with { Features = ["Keys"] }));
        Assert.EndsWith(
            " it is Vector<Single>. Declare the size of the vector: with [VectorType(size)] on a property, or with the column indices of a TextLoader.Column.",
            Refusal(options with { Features = ["Any"] }));
        Assert.EndsWith(" it is DateTime.", Refusal(options with { Features = ["Date"] }));
        Assert.Equal("The label column 'Numbers' must hold texts, keys, Booleans or numbers; it is Vector<Single, 2>.", Refusal(options with { Label = SequenceLabel.Last("Numbers") }));
        Assert.Equal("The label column 'Date' must hold texts, keys, Booleans or numbers; it is DateTime.", Refusal(options with { Label = SequenceLabel.First("Date") }));
        Assert.Equal("The label column 'Key' must be Boolean for SequenceLabel.Any; it is Key<UInt32, 0-2>.", Refusal(options with { Label = SequenceLabel.Any("Key") }));
        Assert.Equal(
            "Interval must be a TimeSpan because the time column 'Date' is DateTime; it is 5.", Refusal(options with { OrderBy = "Date", Interval = 5 }));
        Assert.Equal(
            "Interval must be a number because the time column 'Number' is Single; it is 00:00:05, a TimeSpan.",
            Refusal(options with { OrderBy = "Number", Interval = TimeSpan.FromSeconds(5) }));
        Assert.Equal(
            "Interval must be at least 1 because the time column 'Whole' holds integers, Int32; it is 0.5.", Refusal(options with { OrderBy = "Whole", Interval = 0.5 }));
        Assert.StartsWith(
            $"A window of 2000000000 steps (Length) of 2 features has 4000000000 values; it must have at most {Array.MaxLength}.",
            Refusal(options with { Features = ["Numbers"], Length = 2_000_000_000 }));

        string Refusal(SequenceOptions wrong) => Assert.Throws<ArgumentException>(() => _context.Data.CreateSequences(source, wrong)).Message;
    }

    [Fact]
    public void An_argument_that_is_null_is_named()
    {
        var rows = LogRow.View(_context, LogRow.Parse("A1"));

        Assert.Throws<ArgumentNullException>("catalog", () => RnnDataCatalog.CreateSequences(null!, rows, Options));
        Assert.Throws<ArgumentNullException>("view", () => _context.Data.CreateSequences(null!, Options));
        Assert.Throws<ArgumentNullException>("options", () => _context.Data.CreateSequences(rows, null!));
    }

    private IDataView Create(SequenceOptions options) => _context.Data.CreateSequences(LogRow.View(_context, LogRow.Parse("A1")), options);
}
