using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Rnn.MLNet.Files;

/// <summary>
/// Replaces a file whole or not at all: the content goes into a file beside it and to the disk, then takes the name in one step.
/// Whatever ends the process or the machine meanwhile, the name holds the old file or the new one.
/// </summary>
/// <remarks>
/// The folder must be writable. A symbolic link stays one, and the file that it points to is replaced; the file keeps its Unix
/// permissions; a read-only file is refused. A device, such as <c>/dev/stdout</c>, has no content to keep and is written to as it is,
/// also through links.
/// </remarks>
internal static class AtomicFile
{
    private const string Extension = ".tmp";
    private const int RandomDigits = 16;

    /// <summary>As many as Linux follows.</summary>
    private const int MaxLinks = 40;

    /// <summary>A process that was killed while it wrote leaves its file behind; the next one to write removes it after this time.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    /// <summary>Replaces a file by what is written to the stream.</summary>
    /// <exception cref="IOException">It cannot be written; the message names it. The old file is as it was.</exception>
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

    /// <summary>Replaces a file by a text, in UTF-8; halves of surrogate pairs, which have no code there, become U+FFFD.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.Write(text);
    });

    /// <summary>
    /// Tries what <see cref="Write"/> will do, but for the last step, so that a long work does not end in an error that could be seen before
    /// it. What is to be read again cannot be a device.
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
                throw new IOException("it is a device, which keeps nothing.");
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

    /// <summary>A file that becomes longer than the file system or a limit of the process allows is an argument out of range to .NET.</summary>
    private static bool IsOfTheFile(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    private static void Replace(string target, Action<Stream> write)
    {
        var stream = Temporary(target, FileOptions.None);
        try
        {
            // What the disk did not take, closing tries once more, and fails once more.
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
    /// What a path stands for: a device, or the file at the end of all symbolic links, those of its folders among them, as a relative
    /// link starts where its folder really is.
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
            : throw new IOException("its symbolic links lead nowhere.");
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

    /// <summary>A new file of this process' own. It is locked while it is open, and a link planted under its name is not followed.</summary>
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
            // Until it has the old file's permissions.
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream($"{Prefix(target)}{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}{Extension}", settings);
    }

    /// <summary>Short enough that the whole name fits wherever the target's does.</summary>
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
            // Who still writes to it holds a lock.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use, or gone already.
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
                // Windows replaces no file that is open, if only for a moment in a virus scanner.
                if (attempt == 10)
                {
                    throw new IOException($"another program has it open ({exception.Message})", exception);
                }

                Thread.Sleep(20 * attempt);
            }
        }
    }

    /// <summary>Brings the new name to the disk as well, where the system lets a folder be flushed.</summary>
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
            // The content is on the disk all the same.
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
