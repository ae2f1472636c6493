using Mnist;
using static TorchSharp.torch;

namespace Rnn.MLNet.Benchmarks.Data;

/// <summary>MNIST rows in memory, in the form that each contender would keep them in.</summary>
internal sealed class MnistRows
{
    private MnistRows(IEnumerable<Digit> digits) =>
        Sequences = [.. digits.Select(digit => new LabelledSequence { Features = digit.Features, Label = (uint)digit.Label })];

    public LabelledSequence[] Sequences { get; }

    public int Count => Sequences.Length;

    public static MnistRows Training(int count) => new(MnistDataSet.ReadTraining(MnistDataSet.FindFolder(), count).Digits());

    public static MnistRows Test(int count) => new(MnistDataSet.ReadTest(MnistDataSet.FindFolder()).Digits().Take(count));

    /// <summary>The rows for ML.NET, from objects that exist already, so that making them costs nobody anything.</summary>
    public IDataView View(MLContext context) => context.Data.LoadFromEnumerable(Sequences);

    /// <summary>The rows one after the other, <c>[row, time, feature]</c>.</summary>
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

    /// <summary><c>[rows, time, features]</c>, float32.</summary>
    public Tensor SequenceTensor() => tensor(Values(), [Count, LabelledSequence.Side, LabelledSequence.Side]);

    /// <summary><c>[rows]</c>, int64 class indices.</summary>
    public Tensor LabelTensor() => tensor(Array.ConvertAll(Sequences, sequence => (long)sequence.Label));
}
