namespace Rnn.MLNet.Reading;

/// <summary>Labelled rows, in memory or streamed, that can be enumerated any number of times.</summary>
internal interface IRowSource
{
    long Count { get; }

    /// <summary>The mean weight of the rows; 0 if all weights are 0.</summary>
    double MeanWeight { get; }

    /// <summary>Enumerates all rows once, in an order determined by the seed, as minibatches. The last one may be smaller.</summary>
    IEnumerable<Minibatch> Shuffled(int batchSize, int seed, CancellationToken cancellationToken);

    /// <summary>Enumerates all rows once, in their original order, as minibatches. The last one may be smaller.</summary>
    IEnumerable<Minibatch> InOrder(int batchSize, CancellationToken cancellationToken);

    /// <summary>Returns a digest of the values, targets and weights of all rows, in order.</summary>
    string Hash(CancellationToken cancellationToken);
}
