using System.Numerics;

namespace Rnn.MLNet.Windows;

/// <summary>Opens columns whose types are known only at run time.</summary>
internal static class OpenColumn
{
    public static IGroups Groups(DataViewRow row, DataViewSchema.Column column) =>
        TypedCall.Invoke<IGroups>(typeof(OpenColumn), nameof(GroupsOf), column.Type.RawType, row, column);

    public static ILabels Labels(DataViewRow row, DataViewSchema.Column column, RowPlace place, SequenceOptions options) =>
        TypedCall.Invoke<ILabels>(typeof(OpenColumn), nameof(LabelsOf), column.Type.RawType, row, column, place, options);

    public static ITimes Times(DataViewRow row, DataViewSchema.Column column, RowPlace place, SequenceOptions options) => column.Type switch
    {
        DateTimeDataViewType => new ColumnTimes<DateTime>(row, column, TimeScales.DateTime, place, options),
        DateTimeOffsetDataViewType => new ColumnTimes<DateTimeOffset>(row, column, TimeScales.DateTimeOffset, place, options),
        TimeSpanDataViewType => new ColumnTimes<TimeSpan>(row, column, TimeScales.TimeSpan, place, options),
        { } type => TypedCall.Invoke<ITimes>(
            typeof(OpenColumn), type.RawType == typeof(float) || type.RawType == typeof(double) ? nameof(RealTimes) : nameof(IntegerTimes), type.RawType,
            row, column, place, options),
    };

    private static ColumnGroups<T> GroupsOf<T>(DataViewRow row, DataViewSchema.Column column)
        where T : notnull => new(row, column);

    private static ColumnLabels<T> LabelsOf<T>(DataViewRow row, DataViewSchema.Column column, RowPlace place, SequenceOptions options)
        where T : notnull => new(row, column, options.Label!.Rule, options.Length, place);

    private static ColumnTimes<T> RealTimes<T>(DataViewRow row, DataViewSchema.Column column, RowPlace place, SequenceOptions options)
        where T : struct, IBinaryFloatingPointIeee754<T> => new(row, column, TimeScales.Real<T>(), place, options);

    private static ColumnTimes<T> IntegerTimes<T>(DataViewRow row, DataViewSchema.Column column, RowPlace place, SequenceOptions options)
        where T : struct, IBinaryInteger<T> => new(row, column, TimeScales.Integer<T>(), place, options);
}
