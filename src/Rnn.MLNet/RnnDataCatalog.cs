using Rnn.MLNet;
using Rnn.MLNet.Native;
using Rnn.MLNet.Windows;

namespace Microsoft.ML;

/// <summary>Extension methods that prepare sequences, in the catalog of ML.NET's operations on data.</summary>
public static class RnnDataCatalog
{
    /// <summary>
    /// Cuts a table with one row for each time step into windows of a fixed length: each row of the result is a sequence, as recurrent networks read it.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The columns of the result are, in this order: the group and the time of the window's last row, under their own names and with their types and
    /// annotations, if <see cref="SequenceOptions.GroupBy"/> and <see cref="SequenceOptions.OrderBy"/> are given; <c>Features</c>, a vector of Single of the
    /// dimensions <c>[Length, features]</c>, time steps first; and <c>Label</c>, with the type and the annotations of its column, if
    /// <see cref="SequenceOptions.Label"/> is given. Because the vector has two dimensions, <see cref="RnnOptions.TimeSteps"/> can be left open.
    /// </para>
    /// <para>
    /// Windows of one group overlap and resemble each other. To keep a group on one side of a split, pass its column as
    /// <c>samplingKeyColumnName</c> to <c>TrainTestSplit</c> and <c>CrossValidate</c>.
    /// </para>
    /// <para>
    /// The result is lazy: nothing is read before a cursor moves, and only columns that are needed. Every pass reads the rows in their order and gives each
    /// window as soon as its last row is read; its memory depends on the number of groups and the length of a window, not on the number of rows. The result
    /// cannot be shuffled, because the rows of a window have an order: use <c>mlContext.Data.ShuffleRows</c> for windows in another order.
    /// </para>
    /// <para>
    /// Reading throws an <see cref="InvalidOperationException"/> that names the row if a group, a time or the label of a window is missing, times decrease
    /// within a group, a feature is infinite, or a gap or a missing feature is refused; and, at the end, if there are rows but no group is as long as a
    /// window. If only some groups are shorter, a warning is logged.
    /// </para>
    /// </remarks>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="view">The table, whose rows are in the order of time within each group.</param>
    /// <param name="options">The columns and the windows.</param>
    /// <returns>A lazy view of the windows.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="catalog"/>, <paramref name="view"/> or <paramref name="options"/> is null.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or contradicts another.</exception>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type.</exception>
    public static IDataView CreateSequences(this DataOperationsCatalog catalog, IDataView view, SequenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(options);
        return new WindowDataView(MLNetAccessors.EnvironmentOf(catalog), view, options);
    }
}
