using System.Globalization;

namespace Deploying;

/// <summary>A file with the scores of one row in each line.</summary>
internal static class ScoreFile
{
    public static void Write(TextWriter file, IEnumerable<float[]> scores)
    {
        foreach (var row in scores)
        {
            file.WriteLine(string.Join(' ', row.Select(score => score.ToString(CultureInfo.InvariantCulture))));
        }
    }

    public static float[][] Read(string path) =>
        [.. File.ReadLines(path).Select(line => Array.ConvertAll(line.Split(' '), score => float.Parse(score, CultureInfo.InvariantCulture)))];
}
