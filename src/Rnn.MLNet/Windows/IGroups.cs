namespace Rnn.MLNet.Windows;

/// <summary>Numbers the groups of rows in the order in which they first occur.</summary>
internal interface IGroups
{
    /// <summary>A <c>ValueGetter</c> of the group column's type that returns the group last chosen.</summary>
    Delegate Getter { get; }

    /// <summary>Returns the number of the current row's group.</summary>
    /// <exception cref="InvalidOperationException">The group is missing.</exception>
    int Read();

    /// <summary>Chooses the group of a window.</summary>
    void Choose(int group);

    /// <summary>Describes a group in an error message.</summary>
    string Describe(int group);
}
