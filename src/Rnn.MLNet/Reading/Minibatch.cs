namespace Rnn.MLNet.Reading;

/// <summary>Rows to be trained or measured on together: some of a set's.</summary>
internal readonly record struct Minibatch(SequenceSet Set, ReadOnlyMemory<int> Rows)
{
    public int Count => Rows.Length;
}
