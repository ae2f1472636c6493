using Mnist;
using static TorchSharp.torch;

namespace Rnn.MLNet.Benchmarks.Data;

/// <summary>MNIST rows in memory, in the form that each contender needs.</summary>
internal sealed class MnistRows
{
    private MnistRows(IEnumerable<Digit> digits) =>
        Sequences = [.. digits.Select(digit => new LabelledSequence { Features = digit.Features, Label = (uint)digit.Label })];

    public LabelledSequence[] Sequences { get; }

    public int Count => Sequences.Length;

    public static MnistRows Training(int count) => new(MnistDataSet.ReadTraining(MnistDataSet.FindFolder(), count).Digits());

    public static MnistRows Test(int count) => new(MnistDataSet.ReadTest(MnistDataSet.FindFolder()).Digits().Take(count));

    /// <summary>Returns the rows for ML.NET. The objects already exist, so no contender is charged for creating them.</summary>
    public IDataView View(MLContext context) => context.Data.LoadFromEnumerable(Sequences);

    /// <summary>Returns the values of all rows, in the order <c>[row, time, feature]</c>.</summary>
    public float[] Values()
    {
        const int Length = LabelledSequence.Side * LabelledSequence.Side;
        var values = new float[Count * Length];
        for (var row = 0; row < Count; row++)
        {
            Sequences[row].Features.CopyTo(values, row * Length);
        }

        return values;
    }

    /// <summary>Returns the sequences as a float32 tensor of shape <c>[rows, time, features]</c>.</summary>
    public Tensor SequenceTensor() => tensor(Values(), [Count, LabelledSequence.Side, LabelledSequence.Side]);

    /// <summary>Returns the zero-based classes as an int64 tensor of shape <c>[rows]</c>.</summary>
    public Tensor LabelTensor() => tensor(Array.ConvertAll(Sequences, sequence => (long)sequence.Label));
}
