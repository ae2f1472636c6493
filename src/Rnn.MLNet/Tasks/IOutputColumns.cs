namespace Rnn.MLNet.Tasks;

/// <summary>The columns that a model of a task adds to its input, and what they hold given a row's scores.</summary>
internal interface IOutputColumns
{
    /// <summary>Numbers of a row's scores.</summary>
    int ScoreLength { get; }

    /// <summary>The name of the score column, which is the first.</summary>
    string ScoreName { get; }

    /// <summary>Adds the columns to a schema, with their annotations.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="scoreColumnSetId">The identifier that the score columns of one model share.</param>
    void AddTo(DataViewSchema.Builder schema, uint scoreColumnSetId);

    /// <summary>A <c>ValueGetter</c> of a column's type.</summary>
    /// <param name="column">The column, counted from 0.</param>
    /// <param name="scores">Gives the scores.</param>
    Delegate Getter(int column, ScoreSource scores);
}
