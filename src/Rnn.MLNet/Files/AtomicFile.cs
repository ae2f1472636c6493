using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Rnn.MLNet.Files;

/// <summary>
/// Replaces a file atomically: writes the content to a temporary file in the same folder, flushes it to disk, and renames it over the target.
/// If the process or the machine stops in between, the target is either the complete old file or the complete new one.
/// </summary>
/// <remarks>
/// The folder must be writable. If the path is a symbolic link, the file that it points to is replaced. Unix permissions are preserved. Writing
/// to a read-only file fails. A device such as <c>/dev/stdout</c>, also if reached through links, is written to directly because it
/// has no content that could be lost.
/// </remarks>
internal static class AtomicFile
{
    private const string Extension = ".tmp";
    private const int RandomDigits = 16;

    /// <summary>The largest number of symbolic links to follow, the same as in Linux.</summary>
    private const int MaxLinks = 40;

    /// <summary>
    /// The age at which a temporary file counts as abandoned by a process that was killed while writing. The next write to the same target
    /// removes it.
    /// </summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    /// <summary>Replaces a file with the content that the callback writes to a stream.</summary>
    /// <exception cref="IOException">
    /// Thrown if the file cannot be written. The message contains its path. The old file is unchanged.
    /// </exception>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        try
        {
            var target = Resolve(full);
            if (IsDevice(target))
            {
                using var device = new FileStream(target, FileMode.Open, FileAccess.Write);
                write(device);
                return;
            }

            RequireFile(target);
            RemoveAbandoned(target);
            Replace(target, write);
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            throw new IOException($"The file '{full}' cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Replaces a file with a text in UTF-8, without a byte order mark. Unpaired surrogates are replaced by U+FFFD.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.Write(text);
    });

    /// <summary>
    /// Checks that <see cref="Write"/> would succeed by creating and deleting a temporary file, so that a long operation fails before it starts
    /// rather than when it saves its result. Devices are rejected because the file must be readable later.
    /// </summary>
    /// <inheritdoc cref="Write"/>
    public static void RequireWritable(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            var target = Resolve(full);
            if (IsDevice(target))
            {
                throw new IOException("it is a device, which does not store data.");
            }

            RequireFile(target);
            RemoveAbandoned(target);
            using var stream = Temporary(target, FileOptions.DeleteOnClose);
            stream.WriteByte(0);
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            throw new IOException($"The file '{full}' cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Whether an exception concerns the file. .NET throws an <see cref="ArgumentOutOfRangeException"/> if a file exceeds the size limit of the
    /// file system or the process.
    /// </summary>
    private static bool IsOfTheFile(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    private static void Replace(string target, Action<Stream> write)
    {
        var stream = Temporary(target, FileOptions.None);
        try
        {
            // If flushing failed, disposing the stream tries again and throws again; the outer catch handles both.
            using (stream)
            {
                write(stream);
                if (!OperatingSystem.IsWindows() && File.Exists(target))
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
                }

                stream.Flush(flushToDisk: true);
            }

            Rename(stream.Name, target);
        }
        catch
        {
            File.Delete(stream.Name);
            throw;
        }

        FlushFolder(Path.GetDirectoryName(target)!);
    }

    /// <summary>
    /// Returns the target of a path: a device, or the file reached by following all symbolic links. Links in the folders of the path are
    /// resolved too because a relative link is relative to the real location of its folder.
    /// </summary>
    private static string Resolve(string path, int links = 0)
    {
        if (IsDevice(path) || Path.EndsInDirectorySeparator(path) || Path.GetDirectoryName(path) is not { } folder)
        {
            return path;
        }

        var real = OperatingSystem.IsWindows() ? path : Path.Combine(Resolve(folder, links), Path.GetFileName(path));
        if (IsDevice(real) || new FileInfo(real).LinkTarget is not { } link)
        {
            return real;
        }

        return links < MaxLinks
            ? Resolve(Path.GetFullPath(link, Path.GetDirectoryName(real)!), links + 1)
            : throw new IOException("there are too many levels of symbolic links.");
    }

    private static void RequireFile(string target)
    {
        if (Directory.Exists(target) || Path.EndsInDirectorySeparator(target))
        {
            throw new IOException("it is a folder.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw new DirectoryNotFoundException($"there is no folder '{Path.GetDirectoryName(target)}'.");
        }

        if (File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
        {
            throw new UnauthorizedAccessException("it is read-only.");
        }
    }

    private static bool IsDevice(string full) => OperatingSystem.IsWindows()
        ? full.StartsWith(@"\\.\", StringComparison.Ordinal)
        : full.StartsWith("/proc/", StringComparison.Ordinal) ||
            (full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal));

    /// <summary>
    /// Creates a temporary file with a random name. It is locked while it is open. <see cref="FileMode.CreateNew"/> does not follow a link that
    /// somebody created under the same name.
    /// </summary>
    private static FileStream Temporary(string target, FileOptions options)
    {
        var settings = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 1 << 16,
            Options = options,
        };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            // The content must not be readable by others until the permissions of the old file are copied.
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream($"{Prefix(target)}{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}{Extension}", settings);
    }

    /// <summary>The common prefix of the target's temporary files, truncated to limit the length of the file name.</summary>
    private static string Prefix(string target)
    {
        var name = Path.GetFileName(target);
        return Path.Combine(Path.GetDirectoryName(target)!, name[..Math.Min(name.Length, 50)] + ".");
    }

    private static void RemoveAbandoned(string target)
    {
        var prefix = Prefix(target);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, "*" + Extension))
        {
            if (file.StartsWith(prefix, StringComparison.Ordinal) &&
                file.Length == prefix.Length + RandomDigits + Extension.Length &&
                file.AsSpan(prefix.Length, RandomDigits).IndexOfAnyExcept("0123456789abcdef") < 0 &&
                File.GetLastWriteTimeUtc(file) < DateTime.UtcNow - Abandoned)
            {
                TryRemove(file);
            }
        }
    }

    private static void TryRemove(string file)
    {
        try
        {
            // Fails if another process is still writing, because that process holds a lock.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use or already deleted.
        }
    }

    private static void Rename(string temporary, string target)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                File.Move(temporary, target, overwrite: true);
                return;
            }
            catch (Exception exception) when (OperatingSystem.IsWindows() && exception is IOException or UnauthorizedAccessException)
            {
                // Windows cannot replace an open file, and virus scanners open files briefly.
                if (attempt == 10)
                {
                    throw new IOException($"another program has it open ({exception.Message})", exception);
                }

                Thread.Sleep(20 * attempt);
            }
        }
    }

    /// <summary>Flushes the folder so that the rename is on disk too, if the system supports it.</summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            const int ReadOnly = 0;
            if (Open(folder, ReadOnly) is >= 0 and var handle)
            {
                _ = Flush(handle);
                _ = Close(handle);
            }
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // The content is already on disk.
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
