using System.Collections.Concurrent;
using Xunit.Sdk;

namespace Rnn.MLNet.Tests.Situations;

/// <summary>Receives the messages of the test runner and keeps the name of the first test method that failed.</summary>
internal sealed class FirstFailure : IMessageSink
{
    private readonly ConcurrentDictionary<string, string> _methods = [];

    /// <summary>The method that failed first; "*" for a failure outside any method, null if none failed.</summary>
    public string? Method { get; private set; }

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestMethodStarting starting:
                _methods[starting.TestMethodUniqueID!] = starting.MethodName;
                break;
            case ITestMethodMessage failed and IErrorMetadata:
                Method ??= _methods.GetValueOrDefault(failed.TestMethodUniqueID ?? "", "*");
                break;
            case IErrorMetadata:
                Method ??= "*";
                break;
        }

        return Method is null;
    }
}
