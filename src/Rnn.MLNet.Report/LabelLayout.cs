using System.Globalization;
using OxyPlot;

namespace Rnn.MLNet.Report;

/// <summary>Finds places for the labels of marks, where none covers another.</summary>
internal static class LabelLayout
{
    private const double LineHeight = 15, Gap = 8, NextColumn = 30;

    /// <summary>Marks nearer than this share one number.</summary>
    private const double Heap = 6;

    /// <summary>Returns the names beside their points, the first ones nearest; null if one finds no place, or two are the same.</summary>
    public static IReadOnlyList<PlacedLabel>? Names(IReadOnlyList<(ScreenPoint Point, string Name)> labels, IReadOnlyList<ScreenPoint> marks, OxyRect area)
    {
        if (labels.DistinctBy(label => label.Name).Count() < labels.Count)
        {
            return null;
        }

        var placed = Place(labels, marks, area, lines: 4, columns: 1);
        return placed.Count == labels.Count ? placed : null;
    }

    /// <summary>Returns the numbers beside their points; those of a heap in one label, such as "1–3, 7". One that finds no place is missing.</summary>
    public static IReadOnlyList<PlacedLabel> Numbers(IReadOnlyList<(ScreenPoint Point, int Number)> labels, IReadOnlyList<ScreenPoint> marks, OxyRect area)
    {
        var heaps = new List<(ScreenPoint Point, List<int> Numbers)>();
        foreach (var (point, number) in labels)
        {
            var heap = heaps.FindIndex(other => other.Point.DistanceTo(point) < Heap);
            if (heap < 0)
            {
                heaps.Add((point, [number]));
            }
            else
            {
                heaps[heap].Numbers.Add(number);
            }
        }

        return Place([.. heaps.Select(heap => (heap.Point, Ranges(heap.Numbers)))], marks, area, lines: 6, columns: 3);
    }

    /// <summary>Returns numbers as text, with those that follow each other as ranges.</summary>
    internal static string Ranges(IEnumerable<int> numbers)
    {
        var ranges = new List<(int From, int To)>();
        foreach (var number in numbers.Order())
        {
            if (ranges.Count > 0 && ranges[^1].To == number - 1)
            {
                ranges[^1] = (ranges[^1].From, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(", ", ranges.Select(range => range.From == range.To
            ? range.From.ToString(CultureInfo.InvariantCulture)
            : Show.Invariant($"{range.From}–{range.To}")));
    }

    private static List<PlacedLabel> Place(
        IReadOnlyList<(ScreenPoint Point, string Text)> labels, IReadOnlyList<ScreenPoint> marks, OxyRect area, int lines, int columns)
    {
        var placed = new List<PlacedLabel>();
        foreach (var (point, text) in labels)
        {
            var nearest = Around(point, text, area, lines, columns)
                .Where(label => Contains(area, label.Box) && !placed.Any(other => Overlap(other.Box, label.Box)))
                // A label is better two lines away than on another mark, and better on a mark than nowhere.
                .MinBy(label => label.Distance + 2 * LineHeight * marks.Count(mark => label.Box.Inflate(5, 4).Contains(mark)));
            if (nearest is not null)
            {
                placed.Add(nearest);
            }
        }

        return placed;
    }

    /// <summary>Returns the places of a label right and left of its point, in several lines, and above and below it.</summary>
    private static IEnumerable<PlacedLabel> Around(ScreenPoint point, string text, OxyRect area, int lines, int columns)
    {
        var width = TextWidth.Of(text);
        if (width > area.Width)
        {
            yield break;
        }

        for (var line = -lines; line <= lines; line++)
        {
            PlacedLabel At(double left) => new(point, text, new OxyRect(left, point.Y + (line - 0.5) * LineHeight, width, LineHeight));
            for (var column = 0; column < columns; column++)
            {
                var offset = Gap + column * NextColumn;
                yield return At(point.X + offset);
                yield return At(point.X - offset - width);
            }

            if (line is -1 or 1)
            {
                yield return At(Math.Clamp(point.X - width / 2, area.Left, area.Right - width));
            }
        }
    }

    private static bool Contains(OxyRect area, OxyRect box) => box.Left >= area.Left && box.Right <= area.Right && box.Top >= area.Top && box.Bottom <= area.Bottom;

    private static bool Overlap(OxyRect one, OxyRect other) => one.Left < other.Right && other.Left < one.Right && one.Top < other.Bottom && other.Top < one.Bottom;
}
