namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>Which of several exceptions in each other is the reason.</summary>
public sealed class FailureReasonTests
{
    private static readonly ArithmeticException Root = new("the root");

    [Fact]
    public void The_innermost_unless_one_says_what_it_says()
    {
        Assert.Same(Root, EarlierFailure.Innermost(Root));
        Assert.Same(Root, EarlierFailure.Innermost(new InvalidOperationException("outside", Root)));
        Assert.Same(Root, EarlierFailure.Innermost(new InvalidOperationException("outside", new IOException("between", Root))));
        var worked = new IOException("It failed: the root. Do this.", Root);
        Assert.Same(worked, EarlierFailure.Innermost(worked));
        Assert.Same(worked, EarlierFailure.Innermost(new InvalidOperationException("outside", worked)));
    }

    [Fact]
    public void Never_a_mere_wrapping()
    {
        // An AggregateException's message has those of all in it.
        Assert.Same(Root, EarlierFailure.Innermost(new AggregateException(Root)));
        Assert.Same(Root, EarlierFailure.Innermost(new TargetInvocationException("the root", Root)));
        var alone = new AggregateException("nothing in it");
        Assert.Same(alone, EarlierFailure.Innermost(alone));
        Assert.Same(Root, EarlierFailure.Innermost(new TargetInvocationException(new AggregateException(new InvalidOperationException("outside", Root)))));
    }

    [Fact]
    public void Of_an_earlier_run_is_the_text()
    {
        Assert.Equal("why", new EarlierFailure("why").Message);
        Assert.Equal("why", new RnnRunDetail { TrialId = 1, TrainerName = "a", Exception = new EarlierFailure("why") }.Reason);
        Assert.Equal("ArithmeticException: the root", new RnnRunDetail { TrialId = 1, TrainerName = "a", Exception = Root }.Reason);
        Assert.Equal("", EarlierFailure.Text(new Silent(null)));
        Assert.Equal("(no message)", EarlierFailure.Text(new Silent(new NotSupportedException())));
    }

    private sealed class Silent(Exception? throws) : Exception
    {
        public override string Message => throws is null ? null! : throw throws;
    }
}
