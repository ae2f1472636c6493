namespace Rnn.MLNet.Kernels;

/// <summary>The width of a panel of packed weights, two registers, to multiples of which rows are padded.</summary>
internal static class PanelWidth
{
    public static int Panel<T>()
        where T : struct, ILanes<T> =>
        2 * T.Count;

    /// <summary>Returns a number of columns, rounded up to whole panels.</summary>
    public static int Of<T>(int columns)
        where T : struct, ILanes<T> =>
        (columns + Panel<T>() - 1) / Panel<T>() * Panel<T>();

    /// <summary>Returns whether a number of columns needs no more padding in panels of <see cref="Lanes1024"/> than in those of <see cref="Lanes512"/>.</summary>
    public static bool SuitsPairs(int columns) => Of<Lanes1024>(columns) == Of<Lanes512>(columns);
}
