using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Windows;

/// <summary>A lazy view of the windows of a view. Rows are read when a cursor moves.</summary>
internal sealed class WindowDataView : IDataView
{
    private readonly IHost _host;
    private readonly IDataView _source;
    private readonly SequenceOptions _options;
    private readonly WindowColumns _columns;
    private int _warnings;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or contradicts another.</exception>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type.</exception>
    public WindowDataView(IHostEnvironment environment, IDataView source, SequenceOptions options)
    {
        SequenceOptionsValidation.Validate(options);
        _host = environment.Register("CreateSequences");
        _source = source;
        _options = options;
        _columns = new WindowColumns(source.Schema, options);
    }

    public DataViewSchema Schema => _columns.Schema;

    /// <summary>False: the rows of a window have an order.</summary>
    public bool CanShuffle => false;

    /// <summary>Returns null: the number of windows is known once the rows are read.</summary>
    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new WindowCursor(_source, _columns, _columns.Checked(columnsNeeded), _options, Warn);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    /// <summary>Warns once: every pass over the rows gives the same windows.</summary>
    private void Warn(string message)
    {
        if (Interlocked.Exchange(ref _warnings, 1) == 0)
        {
            using var channel = _host.Start("CreateSequences");
            channel.Warning(MessageSensitivity.UserData, message);
        }
    }
}
