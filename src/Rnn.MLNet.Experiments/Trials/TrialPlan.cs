using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>A trial to run.</summary>
internal sealed record TrialPlan
{
    public required int TrialId { get; init; }

    /// <summary>
    /// Identifies the trial in the journal and in file names. It consists of numbers and is the same in every run of the experiment.
    /// </summary>
    public required string Key { get; init; }

    public required string TrainerName { get; init; }

    public required Func<MLContext, TrialContext, IEstimator<ITransformer>> Build { get; init; }

    /// <summary>The number of candidates that have not had a trial yet, including this one; 0 after the first round.</summary>
    public required int TurnsLeft { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public int? Configuration { get; init; }

    public int? Steps { get; init; }

    /// <summary>The training time of earlier steps of the configuration, in seconds.</summary>
    public double EarlierTraining { get; init; }

    /// <summary>The results of the trial as far as they are known before it runs.</summary>
    public RnnRunDetail Row => new()
    {
        TrialId = TrialId,
        TrainerName = TrainerName,
        Settings = Settings,
        Configuration = Configuration,
        Steps = Steps,
        TrainingTimeInSeconds = EarlierTraining,
    };

    /// <summary>Set if the search cannot go on and there is nothing to run; otherwise null.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Called with the results when the trial has ended.</summary>
    public Action<RnnRunDetail> Completed { get; init; } = _ => { };
}
