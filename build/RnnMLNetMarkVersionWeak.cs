using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a shared library and marks one symbol version that it needs as weak (VER_FLG_WEAK), so that the loader accepts its absence.
/// A file that is not a little-endian ELF64 library, or does not need that version, is copied as it is.
/// </summary>
/// <remarks>MSBuild compiles this file during the build, in Visual Studio too: it has to stay within .NET Standard 2.0.</remarks>
public sealed class RnnMLNetMarkVersionWeak : Task
{
    private const uint VersionNeededSection = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 2;                        // VER_FLG_WEAK

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    [Required]
    public string VersionName { get; set; }

    public override bool Execute()
    {
        // A name of its own, then a rename: nobody sees half a file, and a hard link at the destination is replaced, not written through.
        string temporary = Destination + "." + Guid.NewGuid().ToString("N");
        try
        {
            byte[] library = File.ReadAllBytes(Source);
            bool marked = TryMarkWeak(library);

            Directory.CreateDirectory(Path.GetDirectoryName(Destination));
            File.WriteAllBytes(temporary, library);
            File.Delete(Destination);
            File.Move(temporary, Destination);

            Log.LogMessage(MessageImportance.Low, marked ? "{0}: {1} marked weak." : "{0}: no need of {1} found, copied as it is.", Destination, VersionName);
        }
        catch (Exception exception) when (exception is IOException || exception is UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            Log.LogWarning(
                null, "RNNML001", null, Source, 0, 0, 0, 0,
                "Could not make the patched copy {0} ({1}). The original library is used; it may not load where {2} is missing. Set RnnMLNetPatchLibTorchSharp to false to skip this step.",
                Destination, exception.Message, VersionName);
        }

        return true;
    }

    /// <summary>Sets the flag in place. Every offset is read from the file, so an unexpected one ends the search instead of the build.</summary>
    private bool TryMarkWeak(byte[] elf)
    {
        try
        {
            bool isElf64 = elf.Length > 64 && BitConverter.ToUInt32(elf, 0) == 0x464c457f && elf[4] == 2 && elf[5] == 1 && BitConverter.IsLittleEndian;
            if (!isElf64)
            {
                return false;
            }

            int sections = Offset(elf, 0x28);
            int sectionSize = BitConverter.ToUInt16(elf, 0x3a);
            int sectionCount = BitConverter.ToUInt16(elf, 0x3c);

            for (int i = 0; i < sectionCount; i++)
            {
                int section = checked(sections + i * sectionSize);
                if (BitConverter.ToUInt32(elf, section + 4) != VersionNeededSection)
                {
                    continue;
                }

                int stringSection = checked(sections + (int)BitConverter.ToUInt32(elf, section + 0x28) * sectionSize);
                int libraryCount = (int)BitConverter.ToUInt32(elf, section + 0x2c);
                return TryMarkWeak(elf, Offset(elf, section + 0x18), libraryCount, Offset(elf, stringSection + 0x18));
            }
        }
        catch (Exception exception) when (exception is ArgumentException || exception is IndexOutOfRangeException || exception is OverflowException)
        {
            Log.LogMessage(MessageImportance.Low, "{0}: its ELF tables could not be read ({1}).", Source, exception.Message);
        }

        return false;
    }

    /// <summary>Walks the libraries of .gnu.version_r and the versions needed of each (Elf64_Verneed, Elf64_Vernaux).</summary>
    private bool TryMarkWeak(byte[] elf, int need, int libraryCount, int strings)
    {
        for (int i = 0, next = -1; i < libraryCount && next != 0; i++)
        {
            int versionCount = BitConverter.ToUInt16(elf, need + 2);
            int version = checked(need + (int)BitConverter.ToUInt32(elf, need + 8));
            for (int j = 0; j < versionCount; j++)
            {
                if (NameAt(elf, checked(strings + (int)BitConverter.ToUInt32(elf, version + 8))) == VersionName)
                {
                    elf[version + 4] |= (byte)Weak;
                    return true;
                }

                version = checked(version + (int)BitConverter.ToUInt32(elf, version + 12));
            }

            next = checked((int)BitConverter.ToUInt32(elf, need + 12));
            need = checked(need + next);
        }

        return false;
    }

    private static int Offset(byte[] elf, int position)
    {
        return checked((int)BitConverter.ToUInt64(elf, position));
    }

    private static string NameAt(byte[] elf, int start)
    {
        return Encoding.ASCII.GetString(elf, start, Array.IndexOf(elf, (byte)0, start) - start);
    }
}
