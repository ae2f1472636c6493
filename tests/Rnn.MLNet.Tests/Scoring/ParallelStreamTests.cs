namespace Rnn.MLNet.Tests.Scoring;

/// <summary>Each stream has an engine of its own, on any thread; one engine is not for several threads.</summary>
public sealed class ParallelStreamTests : IClassFixture<TrainedModel>
{
    private const int Streams = 8, Steps = 3000;

    private readonly RnnClassifierTransformer _model;

    public ParallelStreamTests(TrainedModel trained) => _model = trained.Model;

    [Fact]
    public void Streams_run_side_by_side()
    {
        var expected = Enumerable.Range(0, Streams).Select(Run).ToArray();
        var actual = new float[Streams][];

        Parallel.For(0, Streams, new ParallelOptions { MaxDegreeOfParallelism = Streams }, stream => actual[stream] = Run(stream));

        Assert.Equal(expected, actual);
        Assert.Equal(Streams, expected.Select(scores => scores[0]).Distinct().Count());
    }

    [Fact]
    public void An_engine_that_another_thread_uses_is_refused()
    {
        using var engine = _model.CreateStepEngine();
        engine.Step([1, 1]);
        var saved = engine.SaveState();
        var isBusy = typeof(RnnStepEngine).GetField("_isBusy", BindingFlags.Instance | BindingFlags.NonPublic)!;
        isBusy.SetValue(engine, 1);

        Action[] uses = [() => engine.Step([0, 0]), engine.Reset, () => engine.SaveState(), () => engine.RestoreState(saved)];
        Assert.All(uses, use => Assert.Equal(
            "This step engine is being used by another thread. Create one engine per stream; they share the weights of the model.",
            Assert.Throws<InvalidOperationException>(use).Message));

        // As when that thread is done.
        isBusy.SetValue(engine, 0);
        Assert.Equal(saved, engine.SaveState());
        Assert.All(uses, use =>
        {
            use();
            Assert.Equal(0, isBusy.GetValue(engine));
        });
    }

    private float[] Run(int stream)
    {
        using var engine = _model.CreateStepEngine();
        var random = new Random(stream);
        for (var step = 1; step < Steps; step++)
        {
            engine.Step([random.NextSingle() - 0.5f, random.NextSingle() - 0.5f]);
        }

        return engine.Step([random.NextSingle(), 0]).ToArray();
    }
}
