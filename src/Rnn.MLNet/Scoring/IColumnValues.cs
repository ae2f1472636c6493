namespace Rnn.MLNet.Scoring;

/// <summary>The values of one input column in the rows of a batch.</summary>
internal interface IColumnValues : IDisposable
{
    /// <summary>Reads and stores the value of the input's current row.</summary>
    /// <param name="row">The index of the row in the batch. The value that it had is overwritten.</param>
    /// <returns>The size of the value in bytes.</returns>
    long Read(int row);
}
