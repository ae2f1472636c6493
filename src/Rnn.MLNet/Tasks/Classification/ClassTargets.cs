using Rnn.MLNet.Native;
using Rnn.MLNet.Reading;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>The targets of a classification: a row's target is one word, the index of its class, counted from 0.</summary>
/// <param name="label">The label column, of key type.</param>
/// <param name="keys">The classes.</param>
/// <param name="weights">The weights of the classes.</param>
internal sealed class ClassTargets(DataViewSchema.Column label, LabelKeys keys, TargetWeights weights) : ITargets
{
    public int Length => 1;

    public IEnumerable<DataViewSchema.Column> Columns => [label];

    public string Description => $"label '{label.Name}'";

    public TargetWeights Weights => weights;

    public LabelKeys Keys => keys;

    public ITargetReader Open(DataViewRow row, string role) => new Reader(new LabelReader(row, label), row, role, label.Name, keys.Count);

    /// <summary>Converts targets to a tensor of class indices, <c>[batch]</c>, int64.</summary>
    /// <param name="words">One class index for each row.</param>
    public Tensor ToTensor(ReadOnlySpan<int> words)
    {
        var classes = empty(words.Length, ScalarType.Int64, CPU);
        var target = TensorMemory.Span<long>(classes);
        for (var row = 0; row < words.Length; row++)
        {
            target[row] = words[row];
        }

        return classes;
    }

    private sealed class Reader(LabelReader labels, DataViewRow row, string role, string column, int classes) : ITargetReader
    {
        public bool TryRead(Span<int> target)
        {
            var label = labels.Read();
            if (label >= classes)
            {
                throw new InvalidOperationException(
                    $"The label column '{column}' of the {role} data must hold keys of 1 to {classes}; row {row.Position} (counted from 0) holds {labels.Key}.");
            }

            target[0] = label;
            return label >= 0;
        }
    }
}
