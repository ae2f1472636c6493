using System.Net;
using Xunit;

[assembly: AssemblyFixture(typeof(Rnn.MLNet.Tests.Beside.NoNetwork))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Rnn.MLNet.Tests.Beside;

/// <summary>Sends what the trainers would download to a port of this machine at which nobody listens, wherever the tests run.</summary>
public sealed class NoNetwork
{
    public NoNetwork() => HttpClient.DefaultProxy = new WebProxy("http://127.0.0.1:9");
}
