using Rnn.MLNet.Onnx;
using Rnn.MLNet.Reading;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tasks;

/// <summary>
/// What a network is trained for, such as classification. Training, scoring and saving do not depend on what a target or a score means.
/// </summary>
internal interface ITask
{
    /// <summary>The number of outputs of the network's head for each row.</summary>
    int Outputs { get; }

    /// <summary>The task's entries in the training's fingerprint, which must match for a training to be resumed.</summary>
    IReadOnlyList<(string Name, string Value)> Fingerprint { get; }

    /// <summary>Finds the task's target columns in a view, such as the validation rows. They must mean the same as those of the task.</summary>
    /// <param name="schema">The view's schema.</param>
    /// <exception cref="ArgumentException">A column is missing, has the wrong type, or has another meaning.</exception>
    ITargets Targets(DataViewSchema schema);

    /// <summary>Computes the unweighted loss of each row, <c>[batch]</c>.</summary>
    /// <param name="outputs">The network's outputs, <c>[batch, outputs]</c>.</param>
    /// <param name="targets">The targets, see <see cref="ITargets.ToTensor"/>.</param>
    Tensor Losses(Tensor outputs, Tensor targets);

    /// <summary>Computes the losses of rows on the CPU and differentiates their weighted sum by the network's outputs.</summary>
    /// <param name="outputs">The network's outputs, <c>[batch, outputs]</c>, contiguous.</param>
    /// <param name="targets">The targets, see <see cref="ITargets.ToTensor"/>.</param>
    /// <param name="weights">The weights of the rows, <c>[batch]</c>.</param>
    LossGradient Differentiate(Tensor outputs, Tensor targets, Tensor weights);

    /// <summary>A mean loss of an epoch above which training has evidently diverged.</summary>
    double DivergedLoss { get; }

    /// <summary>A mean loss of the training rows at which nothing is left to learn from them.</summary>
    double LearnedLoss { get; }

    /// <summary>The name of the metric that is reported with the loss, such as Accuracy.</summary>
    string MetricName { get; }

    /// <summary>Computes the sum over all rows of the metric that is reported with the loss. Higher is better.</summary>
    /// <param name="outputs">The network's outputs, <c>[batch, outputs]</c>.</param>
    /// <param name="targets">The targets, see <see cref="ITargets.ToTensor"/>.</param>
    double Metric(Tensor outputs, Tensor targets);

    /// <summary>Converts the network's outputs, <c>[batch, outputs]</c> or <c>[batch, time, outputs]</c>, to scores in the same layout.</summary>
    Tensor Scores(Tensor outputs);

    /// <summary>Converts the network's outputs for one row to scores, without allocating memory.</summary>
    /// <param name="outputs">The outputs, <c>[outputs]</c>.</param>
    /// <param name="scores">Receives the scores, <c>[scores]</c>.</param>
    void Scores(ReadOnlySpan<float> outputs, Span<float> scores);

    /// <summary>Adds the conversion of <see cref="Scores(Tensor)"/> to an ONNX graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">The name of the network's outputs, in either layout.</param>
    /// <returns>The name of the scores.</returns>
    string AddScores(OnnxGraph graph, string outputs);

    /// <summary>The description of the task in an exported network.</summary>
    ExportedDescription Export { get; }

    /// <summary>The description of the task in a saved model, from which it can be made again.</summary>
    SavedTask Saved { get; }

    /// <summary>The columns that a model adds to its input.</summary>
    IOutputColumns Columns { get; }

    /// <summary>Creates the part of a saved model that computes these columns from the network's scores with ML.NET's own transformers.</summary>
    /// <param name="context">The context to create the transformers with.</param>
    ISavedTail SavedTail(MLContext context);
}

/// <summary>The loss of rows and its gradient.</summary>
/// <param name="Gradient">The gradient of <paramref name="LossSum"/> by the outputs, <c>[batch, outputs]</c>.</param>
/// <param name="LossSum">The weighted sum of the rows' losses.</param>
/// <param name="MetricSum">The sum of the task's metric over the rows.</param>
internal readonly record struct LossGradient(Tensor Gradient, double LossSum, double MetricSum);
