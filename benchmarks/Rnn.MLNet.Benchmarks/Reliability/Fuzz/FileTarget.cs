namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>A kind of file: a damaged one is refused in clear words, or read as if it were whole.</summary>
internal sealed class FileTarget : IFuzzTarget
{
    private readonly string _path;
    private readonly byte[] _file;
    private readonly Func<string, string> _read;
    private readonly Func<Exception, string, bool> _isClear;
    private readonly Action _dispose;
    private readonly string _right;

    /// <param name="path">Where the whole file is, and where the damaged ones go.</param>
    /// <param name="read">Everything that a user gets of the file, as text.</param>
    /// <param name="isClear">Whether an error says what is wrong with the file of that path.</param>
    /// <param name="dispose">What to do in the end.</param>
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
