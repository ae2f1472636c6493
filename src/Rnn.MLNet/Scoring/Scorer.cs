using Microsoft.ML;
using Microsoft.ML.Data;
using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Scoring;

/// <summary>Everything that scoring needs of a trained model.</summary>
/// <param name="Network">The network, which lives until the model is disposed of.</param>
/// <param name="Columns">The columns that the model reads and writes.</param>
/// <param name="Shape">How a row of the feature column becomes a sequence.</param>
/// <param name="FeatureType">The type of the feature column in training.</param>
/// <param name="Labels">The classes.</param>
/// <param name="Threads">Batches that are scored at once.</param>
internal sealed record Scorer(
    SharedNetwork Network, ModelColumns Columns, SequenceShape Shape, VectorDataViewType FeatureType, LabelKeys Labels, int Threads)
{
    public OutputSchema OutputSchema(DataViewSchema input) => Scoring.OutputSchema.Of(input, Columns, Shape, FeatureType, Labels);
}
