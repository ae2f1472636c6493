namespace Rnn.MLNet.Reading;

/// <summary>What the network is to learn of each row of a view: the task's column or columns, found in the view's schema.</summary>
/// <remarks>
/// A row's target is a fixed number of 32-bit words, which only the task interprets: a class index, the bits of a Single, an index for
/// each time step. So rows are kept, mixed and digested in the same way for every task.
/// </remarks>
internal interface ITargets
{
    /// <summary>Words of a row's target.</summary>
    int Length { get; }

    /// <summary>The columns that hold the targets.</summary>
    IEnumerable<DataViewSchema.Column> Columns { get; }

    /// <summary>The target column or columns in words, for error messages, such as <c>label 'Label'</c>.</summary>
    string Description { get; }

    /// <summary>Begins to read the targets of a row or cursor.</summary>
    /// <param name="row">The row or cursor.</param>
    /// <param name="role">What the rows are for, in errors: <c>training</c> or <c>validation</c>.</param>
    ITargetReader Open(DataViewRow row, string role);

    /// <summary>The targets of some rows as a tensor, on the CPU.</summary>
    /// <param name="words"><see cref="Length"/> words for each row.</param>
    TorchSharp.torch.Tensor ToTensor(ReadOnlySpan<int> words);
}
