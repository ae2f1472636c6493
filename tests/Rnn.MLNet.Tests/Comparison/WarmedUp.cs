namespace Rnn.MLNet.Tests.Comparison;

/// <summary>
/// All that takes long the first time has been done once when the tests of a class begin: their budgets of a few seconds are for what
/// they test, on a busy machine too.
/// </summary>
public sealed class WarmedUp
{
    public WarmedUp()
    {
        Experiments.Create().Add("network", Experiments.Network).Add("Naive Bayes", Experiments.Bayes).Add("linear", Experiments.Linear)
            .Execute(Bar.View(60), Bar.View(20, seed: 2));
    }
}
