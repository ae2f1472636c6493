namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>One input's outcome.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">What was done to the input and what came of it, in one line.</param>
internal sealed record FuzzResult(FuzzOutcome Outcome, string Detail)
{
    public bool IsFailure => Outcome is not (FuzzOutcome.Refused or FuzzOutcome.Right);

    public static FuzzResult Of(FuzzOutcome outcome, string input, Exception exception) =>
        new(outcome, $"{input}: {exception.GetType().Name}: {exception.GetBaseException().Message.ReplaceLineEndings(" ")}");
}
