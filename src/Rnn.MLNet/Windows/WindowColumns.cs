namespace Rnn.MLNet.Windows;

/// <summary>The columns that windows are made of, and those that they have.</summary>
internal sealed class WindowColumns
{
    private readonly bool _featuresDecide;

    /// <exception cref="ArgumentException">A column is missing or has the wrong type.</exception>
    public WindowColumns(DataViewSchema source, SequenceOptions options)
    {
        Group = options.GroupBy is null ? null : WindowColumnRules.Group(source, options.GroupBy);
        Time = options.OrderBy is null ? null : WindowColumnRules.Time(source, options.OrderBy, options.Interval);
        Features = [.. options.Features.Select(name => WindowColumnRules.Feature(source, name))];
        Label = options.Label is null ? null : WindowColumnRules.Label(source, options.Label);
        StepSize = StepSizeOf(Features, options.Length);
        _featuresDecide = options.MissingFeatures is MissingFeatures.Split or MissingFeatures.CarryForward;

        var schema = new DataViewSchema.Builder();
        var count = 0;
        GroupIndex = Add(options.GroupBy, Group?.Type, Group?.Annotations);
        TimeIndex = Add(options.OrderBy, Time?.Type, Time?.Annotations);
        FeaturesIndex = Add(options.FeaturesColumnName, new VectorDataViewType(NumberDataViewType.Single, options.Length, StepSize), null);
        LabelIndex = Add(options.LabelColumnName, Label?.Type, Label?.Annotations);
        Schema = schema.ToSchema();

        int Add(string? name, DataViewType? type, DataViewSchema.Annotations? annotations)
        {
            if (type is null)
            {
                return -1;
            }

            schema.AddColumn(name, type, annotations);
            return count++;
        }
    }

    /// <summary>The source's column with the groups; null if all rows belong to one series.</summary>
    public DataViewSchema.Column? Group { get; }

    /// <summary>The source's column with the times; null if there is none.</summary>
    public DataViewSchema.Column? Time { get; }

    /// <summary>The source's columns with the features.</summary>
    public IReadOnlyList<DataViewSchema.Column> Features { get; }

    /// <summary>The source's column from which labels follow; null if windows have no label.</summary>
    public DataViewSchema.Column? Label { get; }

    /// <summary>The number of features of a time step.</summary>
    public int StepSize { get; }

    /// <summary>The schema of the windows.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The index of the windows' group column; -1 if there is none.</summary>
    public int GroupIndex { get; }

    /// <summary>The index of the windows' time column; -1 if there is none.</summary>
    public int TimeIndex { get; }

    /// <summary>The index of the windows' features.</summary>
    public int FeaturesIndex { get; }

    /// <summary>The index of the windows' labels; -1 if they have none.</summary>
    public int LabelIndex { get; }

    /// <summary>Returns the columns of the source that must be read for some columns of the windows.</summary>
    /// <param name="active">The indices of the windows' columns that a consumer requests.</param>
    public NeededColumns Needed(IReadOnlySet<int> active)
    {
        // Groups and times are always read: they decide which windows there are, and rows in the wrong order must not go unnoticed.
        var features = _featuresDecide || active.Contains(FeaturesIndex);
        var label = active.Contains(LabelIndex);
        DataViewSchema.Column?[] single = [Group, Time, label ? Label : null];
        return new NeededColumns(
            features, label, [.. single.OfType<DataViewSchema.Column>().Concat(features ? Features : []).DistinctBy(column => column.Index)]);
    }

    /// <summary>Validates the columns that a consumer requests, and returns their indices.</summary>
    /// <exception cref="ArgumentException">A column belongs to another schema.</exception>
    public HashSet<int> Checked(IEnumerable<DataViewSchema.Column> asked)
    {
        var indices = new HashSet<int>();
        foreach (var column in asked)
        {
            if (column.Index >= Schema.Count || column.Name != Schema[column.Index].Name)
            {
                throw new ArgumentException(
                    $"The column '{column.Name}' with index {column.Index} belongs to another schema; that of the windows has {string.Join(", ", Schema.Select(own => $"'{own.Name}'"))}.");
            }

            indices.Add(column.Index);
        }

        return indices;
    }

    private static int StepSizeOf(IEnumerable<DataViewSchema.Column> features, int length)
    {
        var size = features.Sum(column => (long)(column.Type is VectorDataViewType vector ? vector.Size : 1));
        return size * length <= Array.MaxLength
            ? (int)size
            : throw new ArgumentException(
                $"A window of {length} steps (Length) of {size} features has {(Int128)size * length} values; it must have at most {Array.MaxLength}.");
    }
}
