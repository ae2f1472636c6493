using Microsoft.ML.Data;

/// <summary>Eight time steps of four features. The label says in which of them the mark is.</summary>
public sealed class Sequence
{
    [VectorType(8 * 4)]
    public float[] Features { get; set; } = new float[8 * 4];

    public string Label { get; set; } = "";

    public static List<Sequence> Many(int count) => [.. Enumerable.Range(0, count).Select(One)];

    public static Sequence One(int number)
    {
        string[] labels = ["early", "middle", "late"];
        var row = new Sequence { Label = labels[number % 3] };
        Array.Fill(row.Features, 1f, (3 * (number % 3) + number / 3 % 2) * 4, 4);
        return row;
    }
}

public sealed class Prediction
{
    public string Answer { get; set; } = "";

    public float[] Score { get; set; } = [];
}
