namespace Rnn.MLNet.Scoring;

/// <summary>Column values that can be read with their type.</summary>
/// <typeparam name="T">The type of the column's getter.</typeparam>
internal interface ITypedColumnValues<T> : IColumnValues
{
    /// <summary>Copies the value of a row to <paramref name="destination"/>, which the caller owns. Can be called repeatedly.</summary>
    void Get(int row, ref T destination);
}
