using TorchSharp;

namespace Rnn.MLNet.Tests.Training;

/// <summary>A network of given weights: its rows are not read, and it is scored as its options say.</summary>
public sealed class PretrainedNetworkTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(null)]
    public void It_is_scored_by_as_many_threads_as_asked_for(int? threads)
    {
        var context = new MLContext(seed: 1);
        var options = SyntheticSequences.Options with { Cell = new BasicRnnCell(1), Device = RnnDevice.Cpu, Threads = threads };

        var trained = new PretrainedNetwork(MLNetAccessors.EnvironmentOf(context.Transforms), options, Zeros).Fit(SyntheticSequences.Keyed(context, 3), schema => Classification.Task(schema));

        using (trained.Network)
        {
            Assert.Equal(threads ?? RnnThreads.Default, trained.Threads);
            Assert.All(TensorMemory.ToArray(trained.Network.Parameters.Vector), weight => Assert.Equal(0, weight));
        }
    }

    [Theory]
    [InlineData(MissingValues.Refuse)]
    [InlineData(MissingValues.Zero)]
    [InlineData(MissingValues.ZeroAndIndicator)]
    public void It_accepts_missing_values_as_its_options_say_and_scales_nothing(MissingValues missingValues)
    {
        var context = new MLContext(seed: 1);
        var options = SyntheticSequences.Options with { Cell = new BasicRnnCell(1), Device = RnnDevice.Cpu, MissingValues = missingValues, InputScaling = InputScaling.Standardize };

        var trained = new PretrainedNetwork(MLNetAccessors.EnvironmentOf(context.Transforms), options, Zeros).Fit(SyntheticSequences.Keyed(context, 3), schema => Classification.Task(schema));

        using (trained.Network)
        using (var sequences = torch.full([1, SyntheticSequences.TimeSteps, SyntheticSequences.Values], float.NaN, torch.ScalarType.Float32))
        using (var outputs = trained.Network.Forward(sequences, ForwardPass.Scoring))
        {
            Assert.Null(trained.Network.Spec.Scaling);
            Assert.Equal(missingValues == MissingValues.Refuse, float.IsNaN(TensorMemory.ToArray(outputs.detach())[0]));
        }
    }

    private static InitialWeights Zeros(NetworkSpec spec) =>
        new(RecurrentNetwork.Weights(spec).ToDictionary(weight => weight.Name, weight => new float[weight.Count]));
}
