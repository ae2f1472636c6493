using Rnn.MLNet.Benchmarks.Reliability.Fuzz;

namespace Rnn.MLNet.Tests.Reliability;

/// <summary>
/// Five hundred inputs of those that <c>--fuzz</c> of the benchmarks tries by ten thousands: a damaged file is refused in clear words or
/// read as if it were whole, and options on rows give a model that agrees with itself or an error that the documentation names. A whole
/// zip is not among them: what ML.NET reads of it has no checksum, and which bytes lie where differs by processor.
/// </summary>
public sealed class DamagedInputTests
{
    private const int Seed = 7;

    [Theory]
    [InlineData("network", 130)]
    [InlineData("onnx", 150)]
    [InlineData("checkpoint", 90)]
    [InlineData("journal", 20)]
    [InlineData("idx", 90)]
    [InlineData("options", 20)]
    public void It_is_refused_in_clear_words_or_answered_rightly(string kind, int inputs)
    {
        using var target = FuzzTargets.All.Single(target => target.Name == kind).Create();

        var results = Enumerable.Range(0, inputs).Select(input => (Input: input, Result: target.Try(FuzzTargets.RandomOf(Seed, input)))).ToList();

        Assert.All(results, input => Assert.False(input.Result.IsFailure, $"--fuzz --only {kind} --seed {Seed} --from {input.Input}: {input.Result}"));
        Assert.Contains(results, input => input.Result.Outcome == FuzzOutcome.Refused);
    }
}
