using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>What is left of an engine and its model after one of them has been disposed of.</summary>
public sealed class DisposedStepEngineTests
{
    private readonly RnnClassifierTransformer _model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });

    [Fact]
    public void An_engine_that_was_disposed_of_is_refused()
    {
        var engine = _model.CreateStepEngine();
        var saved = engine.SaveState();
        engine.Dispose();
        engine.Dispose();

        AssertRefused(engine, saved, typeof(RnnStepEngine));
        // Its model and other engines are there still.
        using var other = _model.CreateStepEngine();
        Assert.Equal(3, other.Step([0, 0]).Length);
        _model.Dispose();
    }

    [Fact]
    public void An_engine_of_a_model_that_was_disposed_of_is_refused()
    {
        using var engine = _model.CreateStepEngine();
        engine.Step([0, 0]);
        var saved = engine.SaveState();
        _model.Dispose();

        AssertRefused(engine, saved, typeof(RnnClassifierTransformer));
        Assert.Throws<ObjectDisposedException>(_model.CreateStepEngine);
        // What needs no network.
        Assert.Equal((1, 2, 3), (engine.Steps, engine.Features, engine.Classes.Count));
        Assert.Contains(engine.PredictedLabel, engine.Classes);
    }

    [Fact]
    public void The_weights_go_with_the_model_though_there_are_engines()
    {
        using var engine = _model.CreateStepEngine();
        engine.Step([0, 0]);
        var weights = Weights(_model);
        GC.Collect();
        Assert.True(weights.IsAlive);

        _model.Dispose();
        GC.Collect();

        Assert.False(weights.IsAlive);
        GC.KeepAlive(engine);
    }

    [Fact]
    public void All_engines_of_a_model_share_its_weights()
    {
        using var first = _model.CreateStepEngine();
        var weights = Weights(_model).Target;
        using var second = _model.CreateStepEngine();

        Assert.Same(weights, Weights(_model).Target);
        _model.Dispose();
    }

    /// <summary>Streams are in the middle of their steps when the model is disposed of.</summary>
    [Fact]
    public async Task While_engines_run()
    {
        for (var time = 0; time < 20; time++)
        {
            var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
            using var start = new Barrier(3);
            var streams = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    using var engine = model.CreateStepEngine();
                    start.SignalAndWait();
                    while (true)
                    {
                        Assert.Equal(1, engine.Step([0.5f, -0.5f]).ToArray().Sum(), 1e-6f);
                    }
                },
                TaskCreationOptions.LongRunning)).ToList();
            start.SignalAndWait();
            Thread.SpinWait(time * 1000);
            model.Dispose();

            foreach (var stream in streams)
            {
                await Assert.ThrowsAsync<ObjectDisposedException>(() => stream);
            }
        }
    }

    private static void AssertRefused(RnnStepEngine engine, byte[] saved, Type disposed)
    {
        Action[] uses = [() => engine.Step([0, 0]), engine.Reset, () => engine.SaveState(), () => engine.RestoreState(saved)];
        Assert.All(uses, use => Assert.Equal(disposed.FullName, Assert.Throws<ObjectDisposedException>(use).ObjectName));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Weights(RnnClassifierTransformer model) => new(((Scorer)Field(model, "_scorer")).Network.Steps);

    private static object Field(object owner, string name) =>
        owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;
}
