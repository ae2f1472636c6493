using System.Collections.Concurrent;
using Xunit.Sdk;

namespace Rnn.MLNet.Tests.Situations;

/// <summary>Hears what the runner tells and keeps the name of the first method that failed.</summary>
internal sealed class FirstFailure : IMessageSink
{
    private readonly ConcurrentDictionary<string, string> _methods = [];

    /// <summary>The method; * for a failure outside of all methods, null for none.</summary>
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
