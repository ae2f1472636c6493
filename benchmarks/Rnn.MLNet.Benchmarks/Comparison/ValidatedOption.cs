using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;

namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>The kinds of options that the commands with rounds share.</summary>
internal static class ValidatedOption
{
    public static Option<string?> Path(string name, string description, string helpName = "FILE") =>
        new(name) { Description = description, HelpName = helpName };

    public static Option<T?> Number<T>(string name, string helpName, string description, T least)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = argument => Parse(argument, name, least),
        };

    private static T? Parse<T>(ArgumentResult argument, string name, T least)
        where T : struct, INumber<T>
    {
        var text = argument.Tokens[0].Value;
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && T.IsFinite(number))
        {
            return number;
        }

        argument.AddError($"{name}: expected a number of at least {least}, got '{text}'");
        return null;
    }
}
