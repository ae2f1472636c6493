namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>The seed of the settings is that of the split.</summary>
public sealed class SplitSeedTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Another_seed_validates_on_other_rows(bool crossValidation)
    {
        Assert.Equal(Validated(1, crossValidation), Validated(1, crossValidation));
        Assert.NotEqual(Validated(1, crossValidation), Validated(2, crossValidation));
        Assert.NotEqual(Validated(0, crossValidation), Validated(2, crossValidation));
    }

    [Fact]
    public void What_is_validated_on_is_what_is_not_trained_on()
    {
        List<float> trained = [], validated = [];
        SmallExperiments.Create(SmallExperiments.Settings with { ValidationFraction = 0.3 }).Add("scripted", context => new StubEstimator(
            ScriptedRow.Model(context),
            beforeFit: data => trained.AddRange(Numbers(data)),
            beforeTransform: data =>
            {
                validated.AddRange(Numbers(data));
                return data;
            })).Execute(Rows());
        Assert.Equal((21, 9), (trained.Count, validated.Count));
        Assert.Equal(Enumerable.Range(0, 30).Select(row => (float)row), trained.Concat(validated).Order());
        // Both in the order of the data.
        Assert.Equal(trained.Order(), trained);
        Assert.Equal(validated.Order(), validated);
    }

    private static List<float> Validated(int seed, bool crossValidation)
    {
        var seen = new List<float>();
        var experiment = SmallExperiments.Create(SmallExperiments.Settings with { Seed = seed }).Add("scripted", context => new StubEstimator(ScriptedRow.Model(context), beforeTransform: data =>
        {
            seen.AddRange(Numbers(data));
            return data;
        }));
        var result = crossValidation ? experiment.Execute(Rows(), numberOfCVFolds: 3) : experiment.Execute(Rows());
        Assert.NotNull(result.BestRun);
        return seen;
    }

    /// <summary>Rows that are identified by their first score.</summary>
    private static IDataView Rows() => ScriptedRow.View([.. Enumerable.Range(0, 30).Select(row => ScriptedRow.Of("abc"[row % 3].ToString(), row, 0, 0))]);

    private static IEnumerable<float> Numbers(IDataView data) => data.GetColumn<float[]>("Answer").Select(answer => answer[0]);
}
