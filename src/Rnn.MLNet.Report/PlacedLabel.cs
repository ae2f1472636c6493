using OxyPlot;

namespace Rnn.MLNet.Report;

/// <summary>A label and its place on the picture.</summary>
/// <param name="Point">The middle of the mark that it names.</param>
/// <param name="Text">The text.</param>
/// <param name="Box">The room that the text takes.</param>
internal sealed record PlacedLabel(ScreenPoint Point, string Text, OxyRect Box)
{
    /// <summary>Gets the distance of the text from the mark.</summary>
    public double Distance => Point.DistanceTo(End);

    /// <summary>Gets where the line to the mark ends; null for a label beside its mark, which needs none.</summary>
    public ScreenPoint? Leader => Distance > 12 ? End : null;

    /// <summary>Gets the end of the text that has its place exactly, which is the one at the mark, as the width is an estimate.</summary>
    public string Anchor => Box.Right < Point.X ? "end" : Box.Left > Point.X ? "start" : "middle";

    public double TextX => Anchor switch { "end" => Box.Right, "start" => Box.Left, _ => Box.Center.X };

    public double Baseline => Box.Bottom - 3.5;

    private ScreenPoint End => new(Math.Clamp(Point.X, Box.Left, Box.Right), Math.Clamp(Point.Y, Box.Top + 3, Box.Bottom - 3));
}
