namespace Rnn.MLNet.Tasks;

/// <summary>The columns that a model adds to its input, computed from each row's scores.</summary>
internal interface IOutputColumns
{
    /// <summary>The number of scores of a row, or of each of its time steps.</summary>
    int ScoreLength { get; }

    /// <summary>The number of time steps of a row, if each is scored; null if only the row is.</summary>
    int? ScoredSteps { get; }

    /// <summary>The number of scores of a row with all its steps.</summary>
    int RowLength => (ScoredSteps ?? 1) * ScoreLength;

    /// <summary>The name of the score column, the first of the columns.</summary>
    string ScoreName { get; }

    /// <summary>The names of the scores, in the order of the scores.</summary>
    IReadOnlyList<string> ScoreNames { get; }

    /// <summary>Adds the columns, with their annotations, to a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="scoreColumnSetId">The identifier that the score columns of one model share.</param>
    void AddTo(DataViewSchema.Builder schema, uint scoreColumnSetId);

    /// <summary>Creates a <c>ValueGetter</c> of a column's type.</summary>
    /// <param name="column">The index of the column among these columns, counted from 0.</param>
    /// <param name="scores">Returns the current row's scores.</param>
    Delegate Getter(int column, ScoreSource scores);
}
