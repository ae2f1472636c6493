using Microsoft.ML;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Reading;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tasks;

/// <summary>
/// What a network is trained for. The rooms after this one read, train, score and save without knowing what a target or a score means.
/// </summary>
internal interface ITask
{
    /// <summary>Size of the network's head: the numbers that it gives for a row, here called outputs.</summary>
    int Outputs { get; }

    /// <summary>What must be the same of the task for a training to be resumed: its name and value.</summary>
    (string Name, string Value) Fingerprint { get; }

    /// <summary>The task's columns of another view, such as validation rows, which must mean the same.</summary>
    /// <param name="schema">The view's schema.</param>
    /// <exception cref="ArgumentException">A column is missing, of a wrong type, or means something else.</exception>
    ITargets Targets(DataViewSchema schema);

    /// <summary>The loss of each row, unweighted, <c>[batch]</c>.</summary>
    /// <param name="outputs">The network's outputs, <c>[batch, outputs]</c>.</param>
    /// <param name="targets">The targets, see <see cref="ITargets.ToTensor"/>.</param>
    Tensor Losses(Tensor outputs, Tensor targets);

    /// <summary>A mean loss of an epoch that shows that training has diverged.</summary>
    double DivergedLoss { get; }

    /// <summary>The name of the metric that is reported beside the loss, such as Accuracy.</summary>
    string MetricName { get; }

    /// <summary>The sum over the rows of the metric that is reported beside the loss.</summary>
    /// <param name="outputs">The network's outputs, <c>[batch, outputs]</c>.</param>
    /// <param name="targets">The targets, see <see cref="ITargets.ToTensor"/>.</param>
    double Metric(Tensor outputs, Tensor targets);

    /// <summary>From the network's outputs to the scores of a row, <c>[batch, scores]</c>.</summary>
    Tensor Scores(Tensor outputs);

    /// <summary>The same as ONNX operators.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="outputs">The name of the network's outputs.</param>
    /// <returns>The name of the scores.</returns>
    string AddScores(OnnxGraph graph, string outputs);

    /// <summary>How the network is described in an exported file.</summary>
    ExportedDescription Export { get; }

    /// <summary>The columns that a model adds.</summary>
    IOutputColumns Columns { get; }

    /// <summary>How ML.NET's own transformers make these columns of the network's scores in a saved model.</summary>
    /// <param name="context">The context to build with.</param>
    ISavedTail SavedTail(MLContext context);
}
