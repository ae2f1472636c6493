namespace Rnn.MLNet.Reading;

/// <summary>The targets of the rows of a view, in the column or columns that the task found in the view's schema.</summary>
/// <remarks>
/// The target of a row is a fixed number of 32-bit words that only the task interprets, such as a class index, the bits of a Single, or one index
/// per time step. Therefore rows are stored, shuffled and hashed in the same way for every task.
/// </remarks>
internal interface ITargets
{
    /// <summary>The number of words in the target of a row.</summary>
    int Length { get; }

    /// <summary>The columns that hold the targets.</summary>
    IEnumerable<DataViewSchema.Column> Columns { get; }

    /// <summary>A description of the target column or columns for error messages, such as <c>label 'Label'</c>.</summary>
    string Description { get; }

    /// <summary>The factors by which the weights of the rows are multiplied.</summary>
    TargetWeights Weights { get; }

    /// <summary>Creates a reader for the targets of a row or cursor.</summary>
    /// <param name="row">The row or cursor.</param>
    /// <param name="role">The use of the rows in error messages: <c>training</c> or <c>validation</c>.</param>
    ITargetReader Open(DataViewRow row, string role);

    /// <summary>Converts the targets of several rows to a tensor on the CPU.</summary>
    /// <param name="words">The targets, <see cref="Length"/> words per row.</param>
    TorchSharp.torch.Tensor ToTensor(ReadOnlySpan<int> words);
}
