using System.ComponentModel;
using System.Diagnostics;

namespace Browser;

/// <summary>ONNX Runtime for browsers, which npm installs beside this program, in the version that package-lock.json names.</summary>
internal sealed class OnnxRuntimeWeb
{
    private readonly string _folder;

    private OnnxRuntimeWeb(string folder)
    {
        _folder = folder;
    }

    /// <summary>The script of the smallest build, which runs on the processor only.</summary>
    public string Script => Path.Combine(_folder, "node_modules", "onnxruntime-web", "dist", "ort.wasm.min.js");

    /// <summary>The script's counterpart of the WebAssembly.</summary>
    public string Module => Path.Combine(_folder, "node_modules", "onnxruntime-web", "dist", "ort-wasm-simd-threaded.mjs");

    /// <summary>The WebAssembly.</summary>
    public string WebAssembly => Path.Combine(_folder, "node_modules", "onnxruntime-web", "dist", "ort-wasm-simd-threaded.wasm");

    /// <summary>The licence and that of its parts.</summary>
    public IReadOnlyList<string> Licences => [Path.Combine(_folder, "LICENSE"), Path.Combine(_folder, "ThirdPartyNotices.txt")];

    /// <summary>Installs it, unless that is done already.</summary>
    /// <exception cref="InvalidOperationException">npm is missing or failed.</exception>
    public static OnnxRuntimeWeb Install(CancellationToken stop)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "npm");
        string wanted = Path.Combine(folder, "package-lock.json");
        string installed = Path.Combine(folder, "node_modules", "installed.json");
        if (!File.Exists(installed) || !File.ReadAllBytes(installed).AsSpan().SequenceEqual(File.ReadAllBytes(wanted)))
        {
            Console.WriteLine("installing         onnxruntime-web from npm");
            RunNpm(folder, stop);
            File.Copy(wanted, installed, overwrite: true);
        }

        return new OnnxRuntimeWeb(folder);
    }

    private static void RunNpm(string folder, CancellationToken stop)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Start(start);
        using var kill = stop.Register(() => npm.Kill(entireProcessTree: true));
        var output = npm.StandardOutput.ReadToEndAsync(CancellationToken.None);
        string errors = npm.StandardError.ReadToEnd();
        npm.WaitForExit();
        stop.ThrowIfCancellationRequested();
        if (npm.ExitCode != 0)
        {
            string said = string.Join(' ', $"{errors}\n{output.Result}".Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(3));
            throw new InvalidOperationException($"'npm ci' in {folder} failed with exit code {npm.ExitCode}: {said}");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                $"npm is needed to get onnxruntime-web, and could not be started ({exception.Message}). It comes with Node.js, https://nodejs.org.", exception);
        }
    }
}
