namespace Rnn.MLNet.Comparison;

/// <summary>One epoch of a recurrent network's training in an experiment.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">Mean training loss.</param>
/// <param name="Accuracy">Training accuracy, in [0, 1].</param>
/// <param name="ValidationAccuracy">Accuracy on the rows that the network itself was told to validate on; null without such rows.</param>
public sealed record LearningCurvePoint(int Epoch, double Loss, double Accuracy, double? ValidationAccuracy);
