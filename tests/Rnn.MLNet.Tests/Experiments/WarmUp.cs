namespace Rnn.MLNet.Tests.Experiments;

/// <summary>
/// All that takes long the first time has been done once when the tests of a class begin: their budgets of a few seconds are for what
/// they test, on a busy machine too.
/// </summary>
public sealed class WarmUp
{
    public WarmUp()
    {
        SmallExperiments.Create().Add("network", SmallExperiments.Network).Add("Naive Bayes", SmallExperiments.Bayes).Add("linear", SmallExperiments.Linear)
            .Execute(Bar.View(60), Bar.View(20, seed: 2));
    }
}
