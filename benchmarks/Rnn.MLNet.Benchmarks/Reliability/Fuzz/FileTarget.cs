namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>Fuzzes one kind of file. A damaged file must be rejected with a clear error, or give the same result as the intact one.</summary>
internal sealed class FileTarget : IFuzzTarget
{
    private readonly string _path;
    private readonly byte[] _file;
    private readonly Func<string, string> _read;
    private readonly Func<Exception, string, bool> _isClear;
    private readonly Action _dispose;
    private readonly string _right;

    /// <param name="path">The path of the intact file, which is overwritten by the damaged ones.</param>
    /// <param name="read">Reads the file and returns everything that a user gets from it, as text.</param>
    /// <param name="isClear">Returns whether an exception says what is wrong with the file at the path.</param>
    /// <param name="dispose">Cleans up.</param>
    public FileTarget(string path, Func<string, string> read, Func<Exception, string, bool> isClear, Action dispose)
    {
        _path = path;
        _file = File.ReadAllBytes(path);
        _read = read;
        _isClear = isClear;
        _dispose = dispose;
        _right = read(path);
    }

    public FuzzResult Try(Random random)
    {
        var (file, damage) = Damage.Apply(_file, random);
        File.WriteAllBytes(_path, file);
        try
        {
            var answer = _read(_path);
            return answer == _right ? new(FuzzOutcome.Right, damage) : new(FuzzOutcome.Wrong, $"{damage}: {answer} for {_right}");
        }
        catch (Exception exception)
        {
            return FuzzResult.Of(_isClear(exception, _path) ? FuzzOutcome.Refused : FuzzOutcome.Unclear, damage, exception);
        }
    }

    public void Dispose() => _dispose();
}
