namespace Rnn.MLNet.Windows;

/// <summary>How the label of a window follows from those of its rows.</summary>
internal enum LabelRule
{
    Last,
    First,
    Any,
    MostFrequent,
}
