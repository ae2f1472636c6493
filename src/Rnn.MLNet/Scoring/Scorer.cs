using Microsoft.ML;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Sequences;

namespace Rnn.MLNet.Scoring;

/// <summary>Everything that scoring needs of a trained model.</summary>
internal sealed record Scorer(RecurrentNetwork Network, ModelColumns Columns, SequenceShape Shape, LabelKeys Labels, int Threads)
{
    public OutputSchema OutputSchema(DataViewSchema input) => Scoring.OutputSchema.Of(input, Columns, Shape, Labels);
}
