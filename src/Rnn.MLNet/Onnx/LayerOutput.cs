namespace Rnn.MLNet.Onnx;

/// <summary>Which of a layer's two results the rest of the network reads.</summary>
internal enum LayerOutput
{
    /// <summary>The outputs of every step, <c>[time, batch, outputs × directions]</c>.</summary>
    Sequence,

    /// <summary>Each direction's own last output, <c>[batch, outputs × directions]</c>.</summary>
    Final,
}
