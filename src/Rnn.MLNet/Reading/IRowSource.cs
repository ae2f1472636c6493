namespace Rnn.MLNet.Reading;

/// <summary>Labelled rows, in memory or streamed, that can be gone through any number of times.</summary>
internal interface IRowSource
{
    long Count { get; }

    /// <summary>Mean weight of the rows, above 0.</summary>
    double MeanWeight { get; }

    /// <summary>All rows once, in an order that the seed decides, as minibatches of the given size; the last may be smaller.</summary>
    IEnumerable<Minibatch> Shuffled(int batchSize, int seed, CancellationToken cancellationToken);

    /// <summary>All rows once, in their own order.</summary>
    IEnumerable<Minibatch> InOrder(int batchSize, CancellationToken cancellationToken);

    /// <summary>A digest of the rows, their labels and weights.</summary>
    string Hash(CancellationToken cancellationToken);
}
