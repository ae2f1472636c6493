using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Rnn.MLNet.Kernels;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Sequences;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Rnn.MLNet.Scoring;

/// <summary>Rows on their way through the network, and what came of them. Reused from batch to batch.</summary>
internal sealed unsafe class ScoringBatch : IDisposable
{
    private readonly int _length;
    private readonly int _classes;
    private readonly Tensor _sequences;
    private readonly float* _values;
    private readonly bool[] _isFinite;
    private readonly DataViewRowId[] _ids;
    private readonly float[] _scores;

    public ScoringBatch(SequenceShape shape, int classes, int capacity)
    {
        _length = shape.Length;
        _classes = classes;
        // It outlives the scope that its cursor may be read in.
        _sequences = empty([capacity, shape.TimeSteps, shape.Features], ScalarType.Float32, CPU).DetachFromDisposeScope();
        _values = KernelMemory.Address(_sequences);
        _isFinite = new bool[capacity];
        _ids = new DataViewRowId[capacity];
        _scores = new float[capacity * classes];
    }

    public int Count { get; private set; }

    public bool IsFull => Count == _ids.Length;

    public void Clear() => Count = 0;

    /// <summary>Adds the reader's current row, straight into the tensor's memory.</summary>
    public void Add(FeatureReader reader, Microsoft.ML.ValueGetter<DataViewRowId> id)
    {
        _isFinite[Count] = reader.TryRead(new Span<float>(_values + (long)Count * _length, _length));
        id(ref _ids[Count]);
        Count++;
    }

    /// <summary>Scores all rows. A row with a value that is not finite gets scores of NaN.</summary>
    /// <exception cref="InvalidOperationException">libtorch failed, or memory ran out.</exception>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public void Score(RecurrentNetwork network)
    {
        try
        {
            ScoreRows(network);
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(
                exception,
                $"Scoring {Count} rows of {_length} values with {network.Parameters.Count} weights",
                "Threads of the options bounds how many batches are scored at once.");
        }
    }

    private void ScoreRows(RecurrentNetwork network)
    {
        using var work = NativeWork.Begin(parks: false);
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var probabilities = network.Forward(_sequences.narrow(0, 0, Count).to(network.Device), ForwardPass.Scoring).softmax(1).cpu();
        MemoryMarshal.Cast<byte, float>(probabilities.bytes).CopyTo(_scores);
        for (var row = 0; row < Count; row++)
        {
            if (!_isFinite[row])
            {
                _scores.AsSpan(row * _classes, _classes).Fill(float.NaN);
            }
        }
    }

    public void Dispose() => _sequences.Dispose();

    public DataViewRowId Id(int row) => _ids[row];

    /// <summary>The probabilities of a row, one a class.</summary>
    public ReadOnlySpan<float> Scores(int row) => _scores.AsSpan(row * _classes, _classes);

    /// <summary>The key of the most probable class, the first of equals; 0, missing, where the scores are NaN.</summary>
    public static uint PredictedLabel(ReadOnlySpan<float> scores) =>
        float.IsNaN(scores[0]) ? 0 : (uint)TensorPrimitives.IndexOfMax(scores) + 1;
}
