using System.Numerics.Tensors;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Scoring;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet;

/// <summary>
/// Runs a trained network over a live stream, one time step at a time. Created by <see cref="RnnClassifierTransformer.CreateStepEngine"/>.
/// </summary>
/// <remarks>
/// <para>
/// The engine keeps the state of the network between the time steps, so a step costs the same however long the stream is. After t steps its scores
/// are those of the first t time steps scored as one sequence. Up to <see cref="TimeSteps"/> steps, this is what the network was trained for. It
/// can go on beyond, but how good the scores then are is not known from training; <see cref="Reset"/> begins a new sequence.
/// </para>
/// <para>
/// The computation runs on the calling thread, on the CPU, in float32, without libtorch, and allocates no memory. The engine's own memory is its
/// state; all engines of a model share the weights. An engine must not be used by several threads at the same time; different engines may be.
/// </para>
/// </remarks>
public sealed class RnnStepEngine : IDisposable
{
    private readonly SharedNetwork _network;
    private readonly ITask _task;
    private readonly NetworkSpec _spec;
    private readonly float[] _scores;
    private StepState? _state;
    private int _isBusy;

    internal RnnStepEngine(SharedNetwork network, StepNetwork steps, ITask task)
    {
        _network = network;
        _task = task;
        _spec = steps.Spec;
        _scores = new float[task.Columns.ScoreLength];
        _state = steps.NewState();
    }

    /// <summary>The number of features of a time step.</summary>
    public int Features => _spec.Features;

    /// <summary>The number of time steps of the sequences that the network was trained with.</summary>
    public int TimeSteps => _spec.TimeSteps;

    /// <summary>
    /// The names of the classes, in the order of the scores: the values of the label as text, or the numbers of its keys, from 1, if they have no
    /// values.
    /// </summary>
    public IReadOnlyList<string> Classes => _task.Columns.ScoreNames;

    /// <summary>The number of time steps since the creation or the last <see cref="Reset"/>.</summary>
    public long Steps { get; private set; }

    /// <summary>The index of the most probable class after the last time step, the first in case of a tie; -1 before the first time step.</summary>
    public int PredictedIndex => Steps == 0 ? -1 : TensorPrimitives.IndexOfMax<float>(_scores);

    /// <summary>The name of the most probable class after the last time step; null before the first time step.</summary>
    public string? PredictedLabel => Steps == 0 ? null : Classes[PredictedIndex];

    /// <summary>Runs the network over the next time step.</summary>
    /// <param name="features">
    /// The features of the time step, <see cref="Features"/> values, as in the feature column in training: they are scaled inside the network. NaN is a
    /// missing value, which <see cref="RnnOptions.MissingValues"/> must accept.
    /// </param>
    /// <returns>
    /// The probability of each class after this time step. The values are those of the last step of this engine: the next step overwrites them.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The number of features is wrong; or a feature is infinite, beyond the range of Single after scaling, or missing where missing values are
    /// refused. The state is unchanged.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The sums of the network overflowed because features are extremely large, in which case the state is unchanged; or another thread is using
    /// this engine.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The engine or its model has been disposed of.</exception>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> features)
    {
        Enter();
        try
        {
            var (network, state) = Use();
            network.Advance(features, state);
            var outputs = Outputs(state);
            if (!TensorPrimitives.IsFiniteAll(outputs))
            {
                throw new InvalidOperationException(
                    $"The network's sums overflowed in step {state.Steps} (counted from 0), because its features are too large. The state is as it was before this step.");
            }

            _task.Scores(outputs, _scores);
            state.Commit();
            Steps = state.Steps;
            return _scores;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Begins a new sequence: returns to the state before the first time step.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using this engine.</exception>
    /// <exception cref="ObjectDisposedException">The engine or its model has been disposed of.</exception>
    public void Reset()
    {
        Enter();
        try
        {
            var (_, state) = Use();
            state.Reset();
            Steps = 0;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>
    /// Returns the state as bytes, from which an engine of the same model can continue: this one later, another one, or one in another process,
    /// where the model has been loaded with <see cref="RnnModelFile.LoadRnn(ModelOperationsCatalog, string, out DataViewSchema, RnnDevice, int?)"/>.
    /// </summary>
    /// <remarks>
    /// The bytes are the same on every processor. They contain the number of time steps, the network's state, a digest of the network and a checksum,
    /// which detects damage but does not authenticate the bytes.
    /// </remarks>
    /// <returns>The state, about four bytes per unit and layer.</returns>
    /// <exception cref="InvalidOperationException">Another thread is using this engine.</exception>
    /// <exception cref="ObjectDisposedException">The engine or its model has been disposed of.</exception>
    public byte[] SaveState()
    {
        Enter();
        try
        {
            var (network, state) = Use();
            return SavedState.Write(network, state);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Continues from a saved state: the next scores are those that the engine that saved it would have given.</summary>
    /// <param name="state">The bytes from <see cref="SaveState"/> of an engine of the same model.</param>
    /// <exception cref="ArgumentException">
    /// The bytes are damaged, of another version of the format, or the state of a network with other weights. The engine's state is unchanged.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread is using this engine.</exception>
    /// <exception cref="ObjectDisposedException">The engine or its model has been disposed of.</exception>
    public void RestoreState(ReadOnlySpan<byte> state)
    {
        Enter();
        try
        {
            var (network, own) = Use();
            SavedState.Read(state, network, own);
            if (own.Steps > 0)
            {
                network.Repeat(own);
                _task.Scores(Outputs(own), _scores);
            }

            Steps = own.Steps;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Releases the state. The model remains usable. This method can be called repeatedly and from any thread.</summary>
    public void Dispose() => _state = null;

    private ReadOnlySpan<float> Outputs(StepState state) => state.Outputs.Values[.._spec.Outputs];

    private (StepNetwork Network, StepState State) Use()
    {
        var state = _state;
        ObjectDisposedException.ThrowIf(state is null, this);
        return (_network.Steps, state);
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            throw new InvalidOperationException("This step engine is being used by another thread. Create one engine per stream; they share the weights of the model.");
        }
    }

    private void Leave() => Volatile.Write(ref _isBusy, 0);
}
