namespace Rnn.MLNet.Scoring;

/// <summary>Column values that can be given out.</summary>
/// <typeparam name="T">The column's type, as getters have it.</typeparam>
internal interface ITypedColumnValues<T> : IColumnValues
{
    /// <summary>Gives out a value, as often as asked; what is given out is the caller's own.</summary>
    void Get(int row, ref T destination);
}
