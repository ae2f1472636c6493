namespace Rnn.MLNet.Tests.Files;

/// <summary>Saving goes by way of a temporary file, in the folder that the context names, and leaves nothing there.</summary>
public sealed class TemporaryFileTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnn-mlnet-test-");
    private readonly TemporaryFile _file = new(".zip");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _file.Dispose();
    }

    [Fact]
    public async Task The_folder_is_the_contexts_also_if_it_was_set_after_the_fit()
    {
        var data = SyntheticSequences.Keyed(_context, 24);
        using var model = _context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 1 }).Fit(data);
        _context.TempFilePath = _folder.FullName;
        using var watcher = new FileSystemWatcher(_folder.FullName) { EnableRaisingEvents = true };
        var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Created += (_, change) =>
        {
            // ML.NET writes there too.
            if (change.Name!.StartsWith("Rnn.MLNet-", StringComparison.Ordinal))
            {
                created.TrySetResult();
            }
        };

        _context.Model.Save(model, data.Schema, _file.Path);

        await created.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Empty(_folder.GetFileSystemInfos());
    }
}
