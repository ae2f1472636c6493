namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>The result of one input.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Detail">A one-line description of the input and its outcome.</param>
internal sealed record FuzzResult(FuzzOutcome Outcome, string Detail)
{
    public bool IsFailure => Outcome is not (FuzzOutcome.Refused or FuzzOutcome.Right);

    public static FuzzResult Of(FuzzOutcome outcome, string input, Exception exception) =>
        new(outcome, $"{input}: {exception.GetType().Name}: {exception.GetBaseException().Message.ReplaceLineEndings(" ")}");
}
