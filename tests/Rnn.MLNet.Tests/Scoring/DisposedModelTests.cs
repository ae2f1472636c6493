namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A model that has been disposed of throws, wherever it is used from and whoever disposes of it.</summary>
public sealed class DisposedModelTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { MaxSteps = 1, Threads = 2 };

    private readonly MLContext _context = new(seed: 1);
    private readonly RnnClassifierTransformer _model = SyntheticSequences.Fit(Options);
    private readonly List<Sequence<string>> _rows = [.. SyntheticSequences.Rows(2000, seed: 2)];

    [Fact]
    public void Every_use_of_it()
    {
        var data = SyntheticSequences.Keyed(_context, _rows);
        var view = _model.Transform(data);
        var mapper = _model.GetRowToRowMapper(data.Schema);
        using var cursor = view.GetRowCursor([view.Schema["Score"]]);
        Assert.True(cursor.MoveNext());

        _model.Dispose();
        _model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => cursor.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => cursor.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => view.GetRowCursor([view.Schema["Score"]]));
        Assert.Throws<ObjectDisposedException>(() => view.Scores());
        Assert.Throws<ObjectDisposedException>(() => _model.Transform(data));
        Assert.Throws<ObjectDisposedException>(() => _model.GetRowToRowMapper(data.Schema));
        Assert.Throws<ObjectDisposedException>(() => _model.ExportOnnx("never.onnx"));
        Assert.False(File.Exists("never.onnx"));
        using var zip = new MemoryStream();
        Assert.Throws<ObjectDisposedException>(() => _context.Model.Save(_model, data.Schema, zip));
        Assert.Throws<ObjectDisposedException>(() => _context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(_model));
        // What needs no network is there still.
        Assert.Equal(1, _model.History.Steps);
        Assert.Equal(view.Schema.Count, _model.GetOutputSchema(data.Schema).Count);
        Assert.Equal(view.Schema.Count, mapper.OutputSchema.Count);
        Assert.Equal(_rows.Count, view.GetColumn<float>("Weight").Count());
    }

    [Fact]
    public void Another_engine_made_of_it()
    {
        var first = Engine();
        using (var second = Engine())
        {
            Assert.Equal(first.Predict(_rows[0]).Score, second.Predict(_rows[0]).Score);
        }

        Assert.Throws<ObjectDisposedException>(() => first.Predict(_rows[0]));
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Predict(_rows[0]));
    }

    [Fact]
    public void An_engine_that_does_not_own_it_leaves_it_alone()
    {
        using (var engine = _context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(_model, new PredictionEngineOptions { OwnsTransformer = false }))
        {
            _ = engine.Predict(_rows[0]);
        }

        Assert.Equal(3, Engine().Predict(_rows[0]).Score.Length);
        _model.Dispose();
    }

    [Fact]
    public void An_engine_outlived_by_its_model_is_disposed_of_after_it()
    {
        var engine = Engine();
        _ = engine.Predict(_rows[0]);

        _model.Dispose();

        engine.Dispose();
    }

    /// <summary>Readers of all kinds are in the middle of their work when others dispose of the model.</summary>
    [Fact]
    public async Task While_it_is_in_use()
    {
        var data = SyntheticSequences.Keyed(_context, _rows);
        var expected = _model.Transform(data).Scores();
        using var file = new TemporaryFile(".onnx");
        _model.ExportOnnx(file.Path);
        var onnx = await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken);
        var refused = 0;
        for (var time = 0; time < 50; time++)
        {
            var model = SyntheticSequences.Fit(Options);
            using var start = new Barrier(6);
            var engines = Enumerable.Range(0, 2).Select(_ => Engine(model)).ToList();
            await Task.WhenAll(
                Use(() => Predict(engines[0], expected)),
                Use(() => Predict(engines[1], expected)),
                Use(() => ScoreColumns.AssertAgree(expected, model.Transform(data).Scores(), 1e-6)),
                Use(() => Export(model, onnx)),
                Use(() => DisposeAfter(model, time)),
                Use(() => DisposeAfter(model, time)));

            Task Use(Action action) => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    try
                    {
                        action();
                    }
                    catch (ObjectDisposedException)
                    {
                        Interlocked.Increment(ref refused);
                    }
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }

        Assert.NotEqual(0, refused);
        _model.Dispose();
    }

    /// <summary>An engine that is disposed of while another thread uses it, which ML.NET forbids, does not end the process.</summary>
    [Fact]
    public async Task While_its_own_engine_predicts()
    {
        for (var time = 0; time < 50; time++)
        {
            var engine = Engine(SyntheticSequences.Fit(Options));
            using var start = new Barrier(2);
            var predicting = Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    while (true)
                    {
                        _ = engine.Predict(_rows[0]);
                    }
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            start.SignalAndWait(TestContext.Current.CancellationToken);
            Thread.SpinWait(time * 1000);
            engine.Dispose();

            await Assert.ThrowsAsync<ObjectDisposedException>(() => predicting);
        }
    }

    private void Predict(PredictionEngine<Sequence<string>, Prediction> engine, float[][] expected)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            ScoreColumns.AssertAgree([expected[i]], [engine.Predict(_rows[i]).Score], 1e-5);
        }
    }

    private static void Export(RnnClassifierTransformer model, byte[] expected)
    {
        using var file = new TemporaryFile(".onnx");
        for (var time = 0; time < 20; time++)
        {
            model.ExportOnnx(file.Path);
            Assert.Equal(expected, File.ReadAllBytes(file.Path));
        }
    }

    private static void DisposeAfter(RnnClassifierTransformer model, int time)
    {
        Thread.SpinWait(time * 5000);
        model.Dispose();
    }

    private PredictionEngine<Sequence<string>, Prediction> Engine(RnnClassifierTransformer? model = null) =>
        _context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(model ?? _model);

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
