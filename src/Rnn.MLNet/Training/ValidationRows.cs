using Rnn.MLNet.Sequences;

namespace Rnn.MLNet.Training;

/// <summary>Rows to measure each epoch on: a set of their own, or some of the training set's.</summary>
internal sealed record ValidationRows(SequenceSet Set, int[] Rows);
