using System.Buffers.Binary;
using CsCheck;
using Rnn.MLNet.Tests.Cells;
using Rnn.MLNet.Tests.ReferenceValues;
using Rnn.MLNet.Tests.Situations;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A stream is continued from its saved state, to the bit, and from nothing else.</summary>
public sealed class SavedStateTests : IClassFixture<TrainedModel>
{
    private readonly RnnClassifierTransformer _model;

    public SavedStateTests(TrainedModel trained) => _model = trained.Model;

    public static MatrixTheoryData<string, ReadOut> Networks => new(CellSamples.All.Keys.ToArray(), [ReadOut.FinalState, ReadOut.MeanPool]);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Another_engine_continues(string cell, ReadOut readOut)
    {
        using var model = Model(CellSamples.All[cell], readOut);
        using var first = model.CreateStepEngine();
        using var second = model.CreateStepEngine();
        Run(first, 0, 5);
        // The other engine is in the middle of something else.
        Run(second, 20, 23);

        second.RestoreState(first.SaveState());

        Assert.Equal((first.Steps, first.PredictedIndex, first.PredictedLabel), (second.Steps, second.PredictedIndex, second.PredictedLabel));
        Assert.Equal(Run(first, 5, 12), Run(second, 5, 12));
    }

    /// <summary>The digest of a network survives the zip, for whatever cell and input stage.</summary>
    [Theory]
    [MemberData(nameof(CellSamples.Names), MemberType = typeof(CellSamples))]
    public void An_engine_of_the_loaded_model_continues(string cell)
    {
        var context = new MLContext(seed: 1);
        var data = SyntheticSequences.Keyed(context, 20);
        // Every third cell with each of them.
        var (readOut, scaling, missingValues) = (CellSamples.All.Keys.ToList().IndexOf(cell) % 3) switch
        {
            0 => (ReadOut.FinalState, InputScaling.None, MissingValues.Refuse),
            1 => (ReadOut.LastOutput, InputScaling.Standardize, MissingValues.Zero),
            _ => (ReadOut.MeanPool, InputScaling.Standardize, MissingValues.ZeroAndIndicator),
        };
        var options = SyntheticSequences.Options with
        {
            Cell = CellSamples.All[cell],
            Layers = 2,
            ReadOut = readOut,
            InputScaling = scaling,
            MissingValues = missingValues,
            MaxSteps = 1,
            Dropout = 0.1,
        };
        using var model = context.Transforms.RnnClassifier(options).Fit(data);
        using var file = new TemporaryFile(".zip");
        context.Model.Save(model, data.Schema, file.Path);
        using var loaded = new MLContext().Model.LoadRnn(file.Path, out _);
        using var first = model.CreateStepEngine();
        using var second = loaded.OfType<RnnClassifierTransformer>().Single().CreateStepEngine();
        Run(first, 0, 5);

        second.RestoreState(first.SaveState());

        Assert.Equal(first.Classes, second.Classes);
        Assert.Equal(first.PredictedLabel, second.PredictedLabel);
        Assert.Equal(Run(first, 5, 12), Run(second, 5, 12));
    }

    [Fact]
    public void The_state_before_the_first_step_is_one_too()
    {
        using var engine = _model.CreateStepEngine();
        var saved = engine.SaveState();
        var expected = Run(engine, 0, 4);

        engine.RestoreState(saved);

        Assert.Equal((0, -1, null), (engine.Steps, engine.PredictedIndex, engine.PredictedLabel));
        Assert.Equal(expected, Run(engine, 0, 4));
    }

    [Fact]
    public void It_has_the_documented_size()
    {
        using var model = Model(new BasicLstmCell(128), ReadOut.FinalState, layers: 2);
        using var engine = model.CreateStepEngine();

        // Name, version, digest, number of steps, two layers' outputs and cell states, checksum.
        Assert.Equal(12 + 1 + 32 + 8 + 2 * 2 * 128 * 4 + 32, engine.SaveState().Length);
    }

    [Fact]
    public async Task Another_process_continues()
    {
        var context = new MLContext(seed: 1);
        using var engine = _model.CreateStepEngine();
        Run(engine, 0, 5);
        using var zip = new TemporaryFile(".zip");
        context.Model.Save(_model, SyntheticSequences.Keyed(context, 1).Schema, zip.Path);
        using var file = new TemporaryFile(".state");
        await File.WriteAllBytesAsync(file.Path, engine.SaveState());
        var expected = string.Join(' ', Run(engine, 5, 12).Select(score => score.ToString("R", CultureInfo.InvariantCulture)));

        Assert.Equal($"5 {expected}", (await ChildProcess.Run<ContinuedStream>(zip.Path, file.Path)).Succeeded());
    }

    [Fact]
    public void The_state_of_another_model_is_refused()
    {
        using var other = SyntheticSequences.Fit(SyntheticSequences.Options with { Seed = 7, MaxSteps = 1 });
        using var stranger = other.CreateStepEngine();

        AssertRefused(stranger.SaveState(), "The saved state belongs to another model: it was saved by an engine of a network with other weights or options.");
    }

    /// <summary>Both networks have the same weights.</summary>
    [Fact]
    public void The_state_of_a_network_with_another_activation_is_refused()
    {
        using var tanh = Model(new BasicRnnCell(4), ReadOut.FinalState);
        using var relu = Model(new BasicRnnCell(4) { Activation = RnnActivation.Relu }, ReadOut.FinalState);
        using var first = tanh.CreateStepEngine();
        using var second = relu.CreateStepEngine();

        Assert.Contains("belongs to another model", Assert.Throws<ArgumentException>(() => second.RestoreState(first.SaveState())).Message);
    }

    [Fact]
    public void What_is_no_state_is_refused()
    {
        AssertRefused([], "The 0 bytes are not the saved state of a step engine.");
        AssertRefused(new byte[500], "The 500 bytes are not the saved state of a step engine.");
        AssertRefused("RnnStepState"u8.ToArray(), "The 12 bytes are not the saved state of a step engine.");
    }

    [Fact]
    public void The_state_of_another_version_is_refused()
    {
        var bytes = Saved();
        bytes[12] = 2;

        AssertRefused(bytes, "The saved state has version 2; this version of the library reads version 1.");
    }

    [Fact]
    public void Damaged_bytes_are_refused() => Gen.Select(Gen.Int[0, Saved().Length - 1], Gen.Int[1, 255]).Sample((place, change) =>
    {
        var bytes = Saved();
        bytes[place] ^= (byte)change;

        AssertRefused(bytes, place < 12 ? "are not the saved state" : place == 12 ? "version" : "The saved state is damaged: its checksum does not match.");
    }, iter: 50);

    [Fact]
    public void Bytes_that_end_early_or_late_are_refused() => Gen.Int[0, 2 * Saved().Length].Sample(length =>
    {
        var bytes = Saved();
        if (length != bytes.Length)
        {
            Array.Resize(ref bytes, length);
            AssertRefused(bytes, length < 13 ? "are not the saved state" : "damaged");
        }
    }, iter: 50);

    /// <summary>A checksum alone does not make a state.</summary>
    [Fact]
    public void Bytes_of_the_wrong_length_with_a_right_checksum_are_refused()
    {
        var bytes = Saved();
        Array.Resize(ref bytes, bytes.Length - 4);
        SHA256.HashData(bytes.AsSpan(..^32), bytes.AsSpan(^32..));

        AssertRefused(bytes, $"The saved state is damaged: it has {bytes.Length} bytes; expected {bytes.Length + 4}.");
    }

    [Fact]
    public void Numbers_are_little_endian()
    {
        Assert.Equal(3, BinaryPrimitives.ReadInt64LittleEndian(Saved().AsSpan(12 + 1 + 32)));
    }

    private byte[] Saved()
    {
        using var engine = _model.CreateStepEngine();
        Run(engine, 0, 3);
        return engine.SaveState();
    }

    /// <summary>The refusal leaves the stream as it was.</summary>
    private void AssertRefused(byte[] bytes, string message)
    {
        using var engine = _model.CreateStepEngine();
        Run(engine, 0, 2);
        var expected = engine.SaveState();
        var label = engine.PredictedLabel;

        Assert.Contains(message, Assert.Throws<ArgumentException>("state", () => engine.RestoreState(bytes)).Message);

        Assert.Equal(expected, engine.SaveState());
        Assert.Equal((2, label), (engine.Steps, engine.PredictedLabel));
    }

    private static RnnClassifierTransformer Model(RnnCell cell, ReadOut readOut, int layers = 1)
    {
        var random = new Random(3);
        float Draw() => random.NextSingle() * 2 - 1;
        var options = new RnnClassifierOptions { Cell = cell, ReadOut = readOut, Layers = layers };
        var weights = new TensorFlowWeights
        {
            Layers = TensorFlowCells.Layers(options, SyntheticSequences.Values, Draw),
            OutputKernel = TensorFlowCells.Tensor(Draw, TensorFlowCells.OutputSize(cell), 3),
            OutputBias = TensorFlowCells.Tensor(Draw, 3),
        };
        var context = new MLContext(seed: 1);
        return context.Transforms.RnnClassifierFromTensorFlow(options, weights).Fit(SyntheticSequences.Keyed(context, 1));
    }

    /// <summary>Runs the steps from one number to another, the same for every engine, and returns all scores.</summary>
    private static float[] Run(RnnStepEngine engine, int from, int to) =>
        [.. Enumerable.Range(from, to - from).SelectMany(step => engine.Step(ContinuedStream.Features(step)).ToArray())];
}
