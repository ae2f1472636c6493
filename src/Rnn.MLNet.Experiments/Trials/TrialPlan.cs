using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>A trial to run.</summary>
internal sealed record TrialPlan
{
    public required int TrialId { get; init; }

    /// <summary>Names the trial in the journal and its files: made of numbers, and the same in every run of the experiment.</summary>
    public required string Key { get; init; }

    public required string TrainerName { get; init; }

    public required Func<MLContext, TrialContext, IEstimator<ITransformer>> Build { get; init; }

    /// <summary>Candidates that have not had a turn yet, this one included; 0 for a trial after the first round.</summary>
    public required int TurnsLeft { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public int? Configuration { get; init; }

    public int? Epochs { get; init; }

    /// <summary>Seconds that earlier steps of the configuration were trained for.</summary>
    public double EarlierTraining { get; init; }

    /// <summary>What of the trial's row is known before it is run.</summary>
    public RnnRunDetail Row => new()
    {
        TrialId = TrialId,
        TrainerName = TrainerName,
        Settings = Settings,
        Configuration = Configuration,
        Epochs = Epochs,
        TrainingTimeInSeconds = EarlierTraining,
    };

    /// <summary>Why there is nothing to run: the search's strategy failed. Null for a trial.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Notified of the result.</summary>
    public Action<RnnRunDetail> Completed { get; init; } = _ => { };
}
