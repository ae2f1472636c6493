namespace Rnn.MLNet.Tests.Files;

/// <summary>A folder for what ML.NET reads again from a file, where the context says or else where the system does.</summary>
public sealed class TemporaryFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("temporary-folders-");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public void It_lies_where_it_is_said_and_goes_with_what_is_in_it()
    {
        using (var folder = new TemporaryFolder(_parent.FullName))
        using (var other = new TemporaryFolder(_parent.FullName))
        {
            var file = folder.Write("network.onnx", [1, 2, 3]);

            Assert.Equal([1, 2, 3], File.ReadAllBytes(file));
            Assert.Equal(_parent.FullName, Path.GetDirectoryName(Path.GetDirectoryName(file)));
            Assert.StartsWith("Rnn.MLNet-", Path.GetFileName(Path.GetDirectoryName(file)));
            Assert.Equal(2, _parent.GetDirectories().Length);
        }

        Assert.Empty(_parent.GetFileSystemInfos());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Where_nothing_is_said_it_lies_among_the_systems(string? parent)
    {
        using var folder = new TemporaryFolder(parent);

        Assert.Equal(
            Path.TrimEndingDirectorySeparator(Path.GetTempPath()),
            Path.GetDirectoryName(Path.GetDirectoryName(folder.Write("network.onnx", []))));
    }

    [Fact]
    public void Somebody_who_has_cleared_it_away_already_does_no_harm()
    {
        var folder = new TemporaryFolder(_parent.FullName);
        _parent.GetDirectories().Single().Delete();

        folder.Dispose();
    }
}
