using System.Runtime.Versioning;

namespace Rnn.MLNet.Tests.Files;

/// <summary>A file is replaced whole or not at all, and nothing stays beside it.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atomic-files-").FullName;

    private string Target => Path.Combine(_folder, "model.zip");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_new_content_takes_the_name()
    {
        AtomicFile.WriteText(Target, "old");
        AtomicFile.WriteText(Target, "new");

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_content_and_nothing_else()
    {
        AtomicFile.WriteText(Target, "old");

        Assert.Equal("mine", Assert.Throws<FormatException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write("half of it"u8);
            throw new FormatException("mine");
        })).Message);

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Nothing_stays_where_the_disk_does_not_take_what_is_left_in_the_buffer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It needs /dev/full.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);

        var error = Assert.Throws<IOException>(() => AtomicFile.Write(Target, stream =>
        {
            _ = Duplicate((int)full.SafeFileHandle.DangerousGetHandle(), (int)((FileStream)stream).SafeFileHandle.DangerousGetHandle());
            stream.Write("in the buffer"u8);
        }));

        Assert.StartsWith($"The file '{Target}' cannot be written: No space left on device", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_is_too_large_for_the_disk_is_one_too()
    {
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(Target, _ => throw new ArgumentOutOfRangeException("value", "Specified file length was too large for the file system.")));

        Assert.Contains($"The file '{Target}' cannot be written: Specified file length was too large", error.Message);
    }

    [Fact]
    public void A_full_disk_is_an_error_that_names_the_file()
    {
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(Target, _ => throw new IOException("No space left on device")));

        Assert.Equal($"The file '{Target}' cannot be written: No space left on device", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_cannot_be_written_is_said_before_anything_is_written()
    {
        var readOnly = Path.Combine(_folder, "read-only");
        File.WriteAllText(readOnly, "old");
        File.SetAttributes(readOnly, FileAttributes.ReadOnly);
        (string Path, string Reason)[] places =
        [
            (_folder, "it is a folder."),
            (Path.Combine(_folder, "none", "model.zip"), $"there is no folder '{Path.Combine(_folder, "none")}'."),
            (Path.Combine(readOnly, "model.zip"), $"there is no folder '{readOnly}'."),
            (readOnly, "it is read-only."),
        ];

        Assert.All(places, place =>
        {
            var expected = $"The file '{place.Path}' cannot be written: {place.Reason}";
            Assert.Equal(expected, Assert.Throws<IOException>(() => AtomicFile.RequireWritable(place.Path)).Message);
            Assert.Equal(expected, Assert.Throws<IOException>(() => AtomicFile.Write(place.Path, _ => Assert.Fail("Too late."))).Message);
        });
        Assert.Equal("old", File.ReadAllText(readOnly));
        Assert.Equal([readOnly], Directory.GetFiles(_folder));
        File.SetAttributes(readOnly, FileAttributes.Normal);
    }

    [Fact]
    public void A_check_leaves_nothing_behind()
    {
        AtomicFile.RequireWritable(Target);
        AtomicFile.RequireWritable("model.zip");

        Assert.Empty(Directory.GetFiles(_folder));
        Assert.False(File.Exists("model.zip"));
    }

    [Fact]
    public void A_symbolic_link_stays_and_its_target_is_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege there.");
        var real = Path.Combine(_folder, "real.zip");
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(Target, "real.zip");

        AtomicFile.WriteText(Target, "new");

        Assert.Equal("real.zip", new FileInfo(Target).LinkTarget);
        Assert.Equal("new", File.ReadAllText(real));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_permissions_of_the_old_file_hold_for_the_new_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It has other permissions.");
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var mode in new[] { Own, Own | UnixFileMode.GroupRead, Own | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite })
        {
            File.WriteAllText(Target, "secret");
            File.SetUnixFileMode(Target, mode);

            AtomicFile.Write(Target, stream =>
            {
                stream.WriteByte(1);
                // Nobody else reads it before it has them.
                Assert.Equal(Own, File.GetUnixFileMode(Directory.GetFiles(_folder, "*.tmp").Single()));
            });

            Assert.Equal(mode, File.GetUnixFileMode(Target));
        }
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_nothing_else()
    {
        var abandoned = Path.Combine(_folder, "model.zip.0123456789abcdef.tmp");
        var fresh = Path.Combine(_folder, "model.zip.0123456789abcdee.tmp");
        var others = Path.Combine(_folder, "other.zip.0123456789abcdef.tmp");
        var users = Path.Combine(_folder, "model.zip.backup.tmp");
        var longer = Path.Combine(_folder, "model.zip.0123456789abcdef0.tmp");
        var noDigits = Path.Combine(_folder, "model.zip.0123456789abcdeg.tmp");
        var noDigitFirst = Path.Combine(_folder, "model.zip.g123456789abcdef.tmp");
        foreach (var file in new[] { abandoned, fresh, others, users, longer, noDigits, noDigitFirst })
        {
            File.WriteAllText(file, "half");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(file == fresh ? -10 : -70));
        }

        AtomicFile.WriteText(Target, "new");

        Assert.Equal(new[] { Target, fresh, others, users, longer, noDigits, noDigitFirst }.Order(), Directory.GetFiles(_folder).Order());
    }

    [Fact]
    public void A_check_removes_what_a_killed_process_left_too()
    {
        var abandoned = Path.Combine(_folder, "model.zip.0123456789abcdef.tmp");
        File.WriteAllText(abandoned, "half");
        File.SetLastWriteTimeUtc(abandoned, DateTime.UtcNow.AddDays(-1));

        AtomicFile.RequireWritable(Target);

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_temporary_file_is_called_as_the_beginning_of_the_name()
    {
        var path = Path.Combine(_folder, "0123456789abcdefghij0123456789abcdefghij0123456789TOO-LONG.zip");
        var temporary = "";

        AtomicFile.Write(path, _ => temporary = Path.GetFileName(Directory.GetFiles(_folder).Single()));

        Assert.Matches(@"^0123456789abcdefghij0123456789abcdefghij0123456789\.[0-9a-f]{16}\.tmp$", temporary);
    }

    [Fact]
    public void No_handle_stays_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It lists the open files of the process.");

        AtomicFile.WriteText(Target, "new");
        AtomicFile.RequireWritable(Target);

        Assert.DoesNotContain(
            Directory.GetFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget),
            open => open is not null && open.StartsWith(_folder, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_still_written_to_is_left_alone_however_old()
    {
        AtomicFile.Write(Target, stream =>
        {
            var slow = Directory.GetFiles(_folder, "*.tmp").Single();
            File.SetLastWriteTimeUtc(slow, DateTime.UtcNow.AddDays(-1));
            AtomicFile.WriteText(Target, "quick");
            Assert.True(File.Exists(slow));
            stream.Write("slow"u8);
        });

        Assert.Equal("slow", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Many_writers_of_one_file_leave_what_one_of_them_wrote()
    {
        Parallel.For(0, 40, i => AtomicFile.WriteText(Target, new string((char)('a' + i % 20), 100_000)));

        var content = File.ReadAllText(Target);
        Assert.Equal(100_000, content.Length);
        Assert.Single(content.Distinct());
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_in_the_memory_of_the_system_is_one_like_others()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "It has no files in memory.");
        var path = $"/dev/shm/rnn-mlnet-{Guid.NewGuid():N}";
        try
        {
            AtomicFile.WriteText(path, "long content");
            AtomicFile.WriteText(path, "new");

            Assert.Equal("new", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_path_that_ends_as_a_folder_does_is_one()
    {
        var path = Path.Combine(_folder, "none") + Path.DirectorySeparatorChar;

        Assert.Equal($"The file '{path}' cannot be written: it is a folder.", Assert.Throws<IOException>(() => AtomicFile.WriteText(path, "new")).Message);
        Assert.Equal($"The file '{path}' cannot be written: it is a folder.", Assert.Throws<IOException>(() => AtomicFile.RequireWritable(path)).Message);
    }

    [Fact]
    public void A_name_as_long_as_a_name_may_be_can_be_written()
    {
        var path = Path.Combine(_folder, new string('ä', 120));

        AtomicFile.WriteText(path, "new");

        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void SaveTo_writes_a_zip_that_loads_and_keeps_the_old_one_if_it_fails()
    {
        var context = new MLContext(seed: 1);
        var data = SyntheticSequences.Keyed(context, 30);
        var model = context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 1 }).Fit(data);
        model.SaveTo(Target, data.Schema);
        var saved = File.ReadAllBytes(Target);

        var reloaded = context.Model.Load(Target, out var schema);

        ScoreColumns.AssertAgree(model.Transform(data).Scores(), reloaded.Transform(data).Scores(), 1e-5);
        Assert.Equal(data.Schema.Select(column => column.Name), schema.Select(column => column.Name));
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.SaveTo(Target, data.Schema));
        Assert.Equal(saved, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "dup2")]
    private static extern int Duplicate(int from, int to);
}
