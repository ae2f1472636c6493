using Microsoft.Extensions.Options;

namespace WebApi;

/// <summary>
/// Holds the model in use and replaces it when its file changes. Requests in progress end with the model that they began with. A file that
/// cannot be loaded changes nothing but <see cref="Health"/> and the log.
/// </summary>
internal sealed class ModelService(IOptions<ModelSettings> options, ILogger<ModelService> log) : BackgroundService
{
    private readonly ModelSettings _settings = options.Value;
    private readonly string _path = Path.GetFullPath(options.Value.Path);
    private volatile ServedModel? _current;
    private volatile string? _error;
    private FileState _loaded;
    private FileState _seen;

    public Health Health => _current is { } model ? new("ready", model.Identity, _error) : new("no model", Model: null, _error);

    /// <exception cref="RefusedException">A row is not one of the model, there are too many or none, or there is no model.</exception>
    public Prediction[] PredictBatch(Row[] rows, CancellationToken cancellation) => rows.Length >= 1 && rows.Length <= _settings.MaxRows
        ? Predict(rows, isBatch: true, cancellation)
        : throw new RefusedException(StatusCodes.Status400BadRequest, $"Expected 1 to {_settings.MaxRows} rows, got {rows.Length}.");

    /// <exception cref="RefusedException">The row is not one of the model, or there is no model.</exception>
    public Prediction Predict(Row row, CancellationToken cancellation) => Predict([row], isBatch: false, cancellation)[0];

    private Prediction[] Predict(Row[] rows, bool isBatch, CancellationToken cancellation)
    {
        var model = Enter();
        try
        {
            return model.Predict(rows, isBatch, cancellation);
        }
        finally
        {
            Leave(model);
        }
    }

    /// <summary>Loads the model before the server accepts requests.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _seen = FileState.Of(_path);
        Load();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        Leave(Interlocked.Exchange(ref _current, null));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_settings.PollInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // A file that is still being written changes between two looks.
            var now = FileState.Of(_path);
            if (now != _loaded && now == _seen)
            {
                Load();
            }

            _seen = now;
        }
    }

    private ServedModel Enter()
    {
        // The loop is for a model that has been replaced between the two calls; the field already holds the next.
        while (_current is { } model)
        {
            if (model.TryEnter())
            {
                return model;
            }
        }

        throw new RefusedException(StatusCodes.Status503ServiceUnavailable, "No model has been loaded yet.");
    }

    private void Leave(ServedModel? model)
    {
        if (model?.Leave() == true)
        {
            log.LogInformation("Disposed the model {Hash} after its last request.", model.Identity.Sha256);
        }
    }

    private void Load()
    {
        _loaded = _seen;
        try
        {
            var zip = Read();
            if (_current?.Identity.Sha256 != ServedModel.Hash(zip))
            {
                var model = ServedModel.Load(zip, _seen.Time, _settings);
                var replaced = Interlocked.Exchange(ref _current, model);
                log.LogInformation("Loaded {Path}, SHA-256 {Hash}.", _path, model.Identity.Sha256);
                Leave(replaced);
            }

            _error = null;
        }
        // No file may end the service. The causes name paths, which are for the log only.
        catch (Exception exception)
        {
            _error = exception is InvalidDataException ? exception.Message : "The file cannot be read.";
            log.LogError(
                "{Path} cannot be loaded, {Still}: {Error}{Cause}",
                _path, _current is null ? "there is no model" : "the model before it stays in use", _error,
                exception.GetBaseException() is { } cause && cause.Message != _error ? $" The cause was: {cause.Message}" : "");
        }
    }

    private byte[] Read() => _seen != default ? File.ReadAllBytes(_path)
        : throw new InvalidDataException(Directory.Exists(_path) ? "It is a folder, not a file." : "There is no such file.");

    /// <summary>What changes when a file is written; the default if there is none.</summary>
    private readonly record struct FileState(DateTime Time, long Length)
    {
        public static FileState Of(string path) => new FileInfo(path) is { Exists: true } file ? new(file.LastWriteTimeUtc, file.Length) : default;
    }
}
