namespace Rnn.MLNet;

/// <summary>
/// Number format that the recurrent layers compute in during training. Weights, loss, head and optimiser are always float32, and so
/// are the cells that libtorch has no fused function for: <see cref="GruCell"/> with reset before the product, <see cref="LstmCell"/> with
/// an extension, <see cref="LayerNormBasicLstmCell"/> with normalisation or dropout.
/// </summary>
public enum RnnPrecision
{
    /// <summary>
    /// bfloat16 for an LSTM of at least 128 units, of which each shard of a minibatch has 64 to 128 rows, on a processor with AVX512-BF16 or AMX;
    /// else float32. <see cref="TrainingHistory.Precision"/> says which it was.
    /// </summary>
    Auto,

    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>bfloat16: 8 bits of mantissa. Fast on processors with AVX512-BF16 or AMX and, with layers of some hundred units and large minibatches, on recent GPUs; slow elsewhere.</summary>
    BFloat16,
}
