namespace Rnn.MLNet.Tests.Readme;

/// <summary>Keeps the tables of docs/options.md complete, with the defaults that the code has.</summary>
public sealed class OptionsPageTests
{
    private static readonly PropertyInfo[] Options = typeof(RnnClassifierOptions).GetProperties();

    /// <summary>The name and the default of each option, as the page says them.</summary>
    private static readonly (string Name, string Default)[] Documented = [.. File.ReadLines(Path.Combine(ReadmePage.Repository, "docs", "options.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length == 6)
        .SelectMany(cells => cells[1].Split(", ") is { Length: > 1 } names ? names.Zip(cells[2].Split(", ")) : [(cells[1], cells[2])])
        .Select(row => (row.Item1.Trim('`'), row.Item2))
        .Where(row => row.Item1 is not ("Option" or "---"))];

    [Fact]
    public void It_names_every_option_once_and_nothing_else() =>
        Assert.Equal(Options.Select(option => option.Name).Order(), Documented.Select(row => row.Name).Order());

    [Fact]
    public void It_names_their_defaults()
    {
        var defaults = new RnnClassifierOptions();

        Assert.All(Documented, row =>
        {
            var value = Options.Single(option => option.Name == row.Name).GetValue(defaults);
            if (value is null && row.Default.StartsWith("chosen: ", StringComparison.Ordinal))
            {
                return;
            }

            Assert.Equal(InWords(value), row.Default);
        });
    }

    private static string InWords(object? value) => value switch
    {
        null or CancellationToken => "none",
        bool flag => flag ? "true" : "false",
        RnnCell cell => $"`{cell.GetType().Name}`, {cell.Units} units",
        int or long or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => $"`{value}`",
    };
}
