using Rnn.MLNet.Experiments.Data;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Training;

namespace Rnn.MLNet.Experiments.Search;

/// <summary>The length of a search's trainings, the same for all configurations and folds.</summary>
/// <param name="Rows">The number of rows that a configuration is trained on: those with a label that the options do not hold out.</param>
/// <param name="MaxSteps">The number of optimiser steps of a fully trained configuration.</param>
/// <param name="ScheduleSteps">The number of optimiser steps that the learning rate schedule spans, at least <paramref name="MaxSteps"/>.</param>
internal sealed record SearchLength(long Rows, int MaxSteps, long ScheduleSteps)
{
    /// <summary>Returns the length that the options of a search specify; what they leave open depends on the rows.</summary>
    /// <param name="options">The options that all configurations share.</param>
    /// <param name="fold">The first fold; the others have about as many rows.</param>
    /// <exception cref="ArgumentException">The feature column does not exist or is not valid, or there are no rows to train on.</exception>
    public static SearchLength Of(RnnClassifierOptions options, ExperimentFold fold)
    {
        var shape = SequenceShape.Of(ColumnRules.Find(fold.Train.Schema, options.FeatureColumnName, "feature"), options.TimeSteps);
        var heldOut = (long)Math.Round((options.ValidationFraction ?? 0) * fold.TrainRows);
        var rows = fold.TrainRows - heldOut;
        if (rows < 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The search has no rows to train on: {fold.TrainRows} training rows have a label, of which its ValidationFraction of {options.ValidationFraction ?? 0} holds out {heldOut}."));
        }

        var steps = (int)Math.Min(int.MaxValue, TrainingLength.StepsOf(options, rows, shape));
        var schedule = options.ScheduleEpochs is null ? steps : TrainingLength.StepsOf(options with { Epochs = null, MaxSteps = null }, rows, shape);
        return new SearchLength(rows, steps, Math.Max(steps, schedule));
    }
}
