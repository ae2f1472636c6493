namespace Rnn.MLNet.Windows;

/// <summary>The times of rows: their order, and the steps that are missing between them.</summary>
internal interface ITimes
{
    /// <summary>A <c>ValueGetter</c> of the time column's type that returns the time last chosen.</summary>
    Delegate Getter { get; }

    /// <summary>Reads the time of the current row.</summary>
    /// <param name="group">The group of the row.</param>
    /// <returns>
    /// The number of steps that are missing between the row before it in the group and this one; 0 for the first row, and if there is no interval.
    /// </returns>
    /// <exception cref="InvalidOperationException">The time is missing or before that of the row before, or steps are missing and gaps are refused.</exception>
    int Read(int group);

    /// <summary>Chooses the time of a step that is missing before the row read.</summary>
    /// <param name="group">The group of the row.</param>
    /// <param name="step">The number of the step, 1 for the first after the row before.</param>
    void ChooseMissing(int group, int step);

    /// <summary>Chooses the time of the row read, which is then the row before the next one.</summary>
    void Choose(int group);
}
