namespace Rnn.MLNet.Windows;

/// <summary>The labels of rows, and those of windows, which follow from them.</summary>
internal interface ILabels
{
    /// <summary>A <c>ValueGetter</c> of the label column's type that returns the label last chosen.</summary>
    Delegate Getter { get; }

    /// <summary>Reads the label of the current row.</summary>
    void Read();

    /// <summary>Adds the label read to the steps of a group.</summary>
    void Add(int group);

    /// <summary>Adds the label of the last step of a group once more.</summary>
    void Repeat(int group);

    /// <summary>Chooses the label of the window that ends with the last step of a group, which has as many steps as a window.</summary>
    /// <exception cref="InvalidOperationException">The label is missing.</exception>
    void Choose(int group);
}
