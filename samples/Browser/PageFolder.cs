using System.IO.Compression;
using System.Text.Json;

namespace Browser;

/// <summary>
/// The folder with the page. Browsers refuse to fetch files for a page that was opened from the disk, and some servers refuse to deliver .onnx, .mjs or
/// .wasm. So the network and ONNX Runtime are strings in scripts, gzipped and in base64, which is a third of their size.
/// </summary>
internal static class PageFolder
{
    private const string Index = "index.html";
    private const string Runtime = "onnxruntime-web";

    /// <summary>Returns why a folder cannot be taken for the page; null if it can.</summary>
    public static string? Refusal(string folder)
    {
        if (folder.Length == 0 || File.Exists(folder))
        {
            return $"expected the name of a folder, got '{folder}'";
        }

        // Files of something else are neither overwritten nor mixed with the page.
        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !Directory.Exists(Path.Combine(folder, Runtime))
            ? $"the folder '{folder}' contains something else than a page of this sample"
            : null;
    }

    /// <summary>Creates the folder and sees whether it can be written to, so that nothing is trained for a folder that cannot.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public static void Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, Runtime));
            File.Create(Path.Combine(folder, Runtime, Path.GetRandomFileName()), bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--output: the folder '{folder}' cannot be written to: {exception.Message}", exception);
        }
    }

    public static void Write(string folder, ExportedNetwork network, OnnxRuntimeWeb runtime)
    {
        string runtimeFolder = Path.Combine(folder, Runtime);
        Directory.CreateDirectory(runtimeFolder);
        File.WriteAllText(
            Path.Combine(folder, "model.js"), $"const model = {{ classes: {JsonSerializer.Serialize(network.Classes)}, onnx: \"{Packed(network.Content)}\" }};\n");
        File.Copy(runtime.Script, Path.Combine(runtimeFolder, Path.GetFileName(runtime.Script)), overwrite: true);
        File.WriteAllText(
            Path.Combine(runtimeFolder, Path.ChangeExtension(Path.GetFileName(runtime.WebAssembly), ".js")),
            $"const onnxRuntime = {{ mjs: \"{Packed(File.ReadAllBytes(runtime.Module))}\", wasm: \"{Packed(File.ReadAllBytes(runtime.WebAssembly))}\" }};\n");
        foreach (string licence in runtime.Licences)
        {
            File.Copy(licence, Path.Combine(runtimeFolder, Path.GetFileName(licence)), overwrite: true);
        }

        // The page itself comes last: it is there only with all that it needs.
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Page")).OrderBy(file => Path.GetFileName(file) == Index))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    /// <summary>Returns the size of all files.</summary>
    public static long Bytes(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static string Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            packing.Write(content);
        }

        return Convert.ToBase64String(packed.ToArray());
    }
}
