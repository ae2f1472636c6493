using System.Globalization;

namespace Rnn.MLNet.Benchmarks.Defaults;

/// <summary>
/// A file of labelled time series in the format of the UCR/UEA archives (.ts): header lines that begin with @, comments with # or %, then one
/// sequence per line, its dimensions separated by colons and the label last.
/// </summary>
internal sealed record SeriesFile(IReadOnlyList<Series> Rows)
{
    /// <summary>The number of values of a dimension; null if it differs.</summary>
    public int? TimeSteps => Rows.SelectMany(row => row.Dimensions).Select(values => values.Length).Distinct().ToList() is [var length] ? length : null;

    public int Features => Rows[0].Dimensions.Length;

    /// <summary>Reads a file; null if its sequences have time stamps or its labels are numbers to be predicted.</summary>
    public static SeriesFile? Read(string path)
    {
        var rows = new List<Series>();
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line is not ("" or ['#', ..] or ['%', ..])))
        {
            if (line[0] != '@')
            {
                var parts = line.Split(':');
                rows.Add(new Series([.. parts[..^1].Select(Values)], parts[^1].Trim()));
            }
            else if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var value, ..]
                && ((name.Equals("@timeStamps", StringComparison.OrdinalIgnoreCase) && bool.Parse(value)) || name.Equals("@targetLabel", StringComparison.OrdinalIgnoreCase)))
            {
                return null;
            }
        }

        return new SeriesFile(rows);
    }

    private static float[] Values(string dimension) =>
        [.. dimension.Split(',').Select(value => value.Trim() == "?" ? float.NaN : float.Parse(value, CultureInfo.InvariantCulture))];
}

/// <summary>A labelled sequence.</summary>
/// <param name="Dimensions">The values of each dimension.</param>
/// <param name="Label">The class.</param>
internal sealed record Series(float[][] Dimensions, string Label)
{
    /// <summary>The values of all dimensions, <c>[time, features]</c>.</summary>
    public float[] Features()
    {
        var features = new float[Dimensions.Length * Dimensions[0].Length];
        for (var place = 0; place < features.Length; place++)
        {
            features[place] = Dimensions[place % Dimensions.Length][place / Dimensions.Length];
        }

        return features;
    }
}
