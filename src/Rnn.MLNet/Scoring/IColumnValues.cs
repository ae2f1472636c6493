namespace Rnn.MLNet.Scoring;

/// <summary>The values of one of the input's columns in the rows of a batch.</summary>
internal interface IColumnValues : IDisposable
{
    /// <summary>Reads the value of the input's current row.</summary>
    /// <param name="row">The row's place in the batch; what was there is overwritten.</param>
    /// <returns>Bytes that it takes.</returns>
    long Read(int row);
}
