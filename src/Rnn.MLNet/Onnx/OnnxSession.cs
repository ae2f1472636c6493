using Microsoft.ML.OnnxRuntime;
using Rnn.MLNet.Native;
using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Onnx;

/// <summary>The network in ONNX Runtime, which scores a single row in about half the time that libtorch takes.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    /// <param name="model">The bytes of the model.</param>
    /// <param name="input">The name of its input.</param>
    /// <param name="output">The name of its output.</param>
    public OnnxSession(byte[] model, string input, string output)
    {
        _inputs = [input];
        _outputs = [output];
        // A single row has no work for a second thread, and idle ones would spin.
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        _session = new InferenceSession(model, options);
    }

    public void Dispose() => _session.Dispose();

    /// <summary>One row's input and output in memory of the caller's; each caller needs a binding of its own. It may outlive the session.</summary>
    internal sealed class Binding(float[] sequence, SequenceShape shape, float[] scores) : IDisposable
    {
        private readonly RunOptions _options = new();
        private readonly OrtValue[] _input = [OrtValue.CreateTensorValueFromMemory(sequence, [1, shape.TimeSteps, shape.Features])];
        private readonly OrtValue[] _output = [OrtValue.CreateTensorValueFromMemory(scores, [1, scores.Length])];

        /// <summary>From the bound sequence to the bound scores.</summary>
        /// <exception cref="OperationCanceledException">The process is ending.</exception>
        public void Run(OnnxSession session)
        {
            using var work = NativeWork.Begin(parks: true);
            session._session.Run(_options, session._inputs, _input, session._outputs, _output);
            // ONNX Runtime works on bare handles, which finalizers would free as soon as nothing else refers to this object.
            GC.KeepAlive(this);
        }

        public void Dispose()
        {
            _input[0].Dispose();
            _output[0].Dispose();
            _options.Dispose();
        }
    }
}
