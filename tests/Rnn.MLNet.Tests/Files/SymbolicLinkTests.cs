namespace Rnn.MLNet.Tests.Files;

/// <summary>What a path leads to over symbolic links is written to as if it had been named itself; and a full disk leaves no file.</summary>
public sealed class SymbolicLinkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("replaced-links-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_link_to_a_device_writes_to_the_device()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It writes to a file of Linux's that is none.");
        const string Device = "/proc/self/comm";
        var before = File.ReadAllText(Device).TrimEnd();
        Link("first", "second");
        Link("second", Device);
        Link("folder", "/proc/self");

        AtomicFile.WriteText(In("first"), "by links");
        Assert.Equal("by links", File.ReadAllText(Device).TrimEnd());
        AtomicFile.WriteText(In("folder/comm"), before);
        Assert.Equal(before, File.ReadAllText(Device).TrimEnd());
    }

    [Fact]
    public void A_relative_link_starts_where_its_folder_really_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege there.");
        Directory.CreateDirectory(In("models/current"));
        Link("models/current/model.zip", "../model.zip");
        Link("current", "models/current");

        AtomicFile.WriteText(In("current/model.zip"), "new");

        Assert.Equal("new", File.ReadAllText(In("models/model.zip")));
        Assert.Equal("../model.zip", new FileInfo(In("models/current/model.zip")).LinkTarget);
        Assert.False(File.Exists(In("model.zip")));
    }

    [Fact]
    public void A_chain_of_links_is_followed_as_far_as_Linux_does()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps links for administrators.");
        var target = Path.Combine(_folder, "target");
        File.WriteAllText(target, "old");
        for (var link = 1; link <= 41; link++)
        {
            File.CreateSymbolicLink(Path.Combine(_folder, $"link{link}"), link == 1 ? target : $"link{link - 1}");
        }

        AtomicFile.WriteText(Path.Combine(_folder, "link40"), "new");

        Assert.Equal("new", File.ReadAllText(target));
        Assert.Contains("too many levels of symbolic links", Assert.Throws<IOException>(() => AtomicFile.WriteText(Path.Combine(_folder, "link41"), "newer")).Message);
        Assert.Equal("new", File.ReadAllText(target));
    }

    [Fact]
    public void Links_that_lead_in_a_circle_are_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege there.");
        Link("one", "two");
        Link("two", "one");
        Link("inner", "inner/one");

        Assert.All([In("one"), In("inner/one")], path => Assert.Equal(
            $"The file '{path}' cannot be written: there are too many levels of symbolic links.",
            Assert.Throws<IOException>(() => AtomicFile.WriteText(path, "new")).Message));
    }

    [Fact]
    public void What_the_disk_does_not_take_leaves_nothing_behind()
    {
        var path = In("model.zip");
        AtomicFile.WriteText(path, "old");

        // Beyond what any file system holds: the error comes when the buffer is flushed, and again when the file is closed.
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Position = 1L << 62;
            stream.Write("new"u8);
        }));

        Assert.StartsWith($"The file '{path}' cannot be written: ", error.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    private string In(string name) => Path.Combine(_folder, name);

    private void Link(string name, string target) => File.CreateSymbolicLink(In(name), target);
}
