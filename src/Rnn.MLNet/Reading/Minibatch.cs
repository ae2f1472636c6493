namespace Rnn.MLNet.Reading;

/// <summary>The indices of the rows of a set that are processed together in training or validation.</summary>
internal readonly record struct Minibatch(SequenceSet Set, ReadOnlyMemory<int> Rows)
{
    public int Count => Rows.Length;
}
