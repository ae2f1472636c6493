using System.Net;
using System.Net.Sockets;

namespace Rnn.MLNet.Tests.Samples;

/// <summary>Any web server for files, on this machine only: it sends a folder's files and their types, and no other headers.</summary>
internal sealed class FileServer : IDisposable
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css",
        [".js"] = "text/javascript",
    };

    private readonly string _folder;
    private readonly HttpListener _listener;

    public FileServer(string folder)
    {
        _folder = folder;
        (_listener, Address) = Listen();
        _ = Serve();
    }

    /// <summary>The address of the folder, with a slash at its end.</summary>
    public string Address { get; }

    public void Dispose() => _listener.Close();

    private static (HttpListener Listener, string Address) Listen()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, port: 0);
            probe.Start();
            var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            probe.Stop();
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                // Somebody else took the port in between.
            }
        }
    }

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var file = Path.Combine(_folder, context.Request.Url!.AbsolutePath.TrimStart('/'));
            using var response = context.Response;
            if (File.Exists(file) && Types.TryGetValue(Path.GetExtension(file), out var type))
            {
                response.ContentType = type;
                await response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(file));
            }
            else
            {
                response.StatusCode = (int)HttpStatusCode.NotFound;
            }
        }
    }
}
