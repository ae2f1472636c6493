namespace Rnn.MLNet.Networks;

/// <summary>Weights that lie side by side and of which all decay or none does.</summary>
internal readonly record struct WeightRange(long Offset, long Count, bool Decays);
