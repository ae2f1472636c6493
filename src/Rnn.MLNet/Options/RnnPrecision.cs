namespace Rnn.MLNet;

/// <summary>
/// The number format in which the recurrent layers compute during training. Weights, loss, output layer and optimiser always use float32.
/// So do the cells for which libtorch has no fused function: <see cref="GruCell"/> with <see cref="GruCell.ResetAfter"/> false,
/// <see cref="LstmCell"/> with any extension, and <see cref="LayerNormBasicLstmCell"/> with layer normalisation or dropout.
/// </summary>
public enum RnnPrecision
{
    /// <summary>
    /// bfloat16 for LSTM cells with at least 128 units, on a CPU with AVX512-BF16 or AMX, if each shard of a minibatch has 64 to 128 rows;
    /// otherwise float32. <see cref="TrainingHistory.Precision"/> tells which one was used.
    /// </summary>
    Auto,

    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>
    /// 16-bit floating point with 8 significant bits. Fast on CPUs with AVX512-BF16 or AMX and, for layers of several hundred units and large
    /// minibatches, on recent GPUs; slow elsewhere.
    /// </summary>
    BFloat16,
}
