namespace Rnn.MLNet.Networks;

/// <summary>A contiguous range of the parameter vector in which weight decay applies either to all weights or to none.</summary>
internal readonly record struct WeightRange(long Offset, long Count, bool Decays);
