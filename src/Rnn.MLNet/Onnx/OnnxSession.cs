using Microsoft.ML.OnnxRuntime;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Onnx;

/// <summary>The network in ONNX Runtime, which scores a single row in about half the time that libtorch takes.</summary>
internal sealed class OnnxSession : IDisposable
{
    private static readonly string[] Inputs = [NetworkExporter.InputName];
    private static readonly string[] Outputs = [NetworkExporter.OutputName];

    private readonly InferenceSession _session;

    /// <param name="model">The bytes of the model, as <see cref="NetworkExporter"/> writes them.</param>
    public OnnxSession(byte[] model)
    {
        // A single row has no work for a second thread, and idle ones would spin.
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        _session = new InferenceSession(model, options);
    }

    public void Dispose() => _session.Dispose();

    /// <summary>One row's input and output in memory of the caller's; each caller needs a binding of its own. It may outlive the session.</summary>
    internal sealed class Binding(float[] sequence, SequenceShape shape, float[] probabilities) : IDisposable
    {
        private readonly RunOptions _options = new();
        private readonly OrtValue[] _input = [OrtValue.CreateTensorValueFromMemory(sequence, [1, shape.TimeSteps, shape.Features])];
        private readonly OrtValue[] _output = [OrtValue.CreateTensorValueFromMemory(probabilities, [1, probabilities.Length])];

        /// <summary>From the bound sequence to the bound probabilities.</summary>
        /// <exception cref="OperationCanceledException">The process is ending.</exception>
        public void Run(OnnxSession session)
        {
            using var work = NativeWork.Begin(parks: true);
            session._session.Run(_options, Inputs, _input, Outputs, _output);
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
