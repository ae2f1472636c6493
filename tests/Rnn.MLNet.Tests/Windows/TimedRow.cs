namespace Rnn.MLNet.Tests.Windows;

/// <summary>A row with a time of any type.</summary>
internal sealed class TimedRow<T>
{
    public T Time { get; set; } = default!;

    public float Value { get; set; }
}
