namespace Rnn.MLNet.Windows;

/// <summary>Reads the numbers of a column, converted to Single.</summary>
internal interface INumberReader
{
    DataViewSchema.Column Column { get; }

    /// <summary>The number of values of a row.</summary>
    int Size { get; }

    /// <summary>Reads the values of the current row.</summary>
    /// <param name="destination">A buffer of <see cref="Size"/> values.</param>
    /// <exception cref="InvalidOperationException">A vector does not have the length of the column's type.</exception>
    void Read(Span<float> destination);

    /// <summary>Returns a value of the last row read as it was before the conversion.</summary>
    string Original(int place);
}
