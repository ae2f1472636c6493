using System.CommandLine;

namespace Samples;

/// <summary>An option for an output file. Its folder is checked before the program does any work.</summary>
internal static class OutputFileOption
{
    public static Option<string?> Create(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "FILE" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is not { } path)
            {
                return;
            }

            if (path.Length == 0 || Directory.Exists(path))
            {
                result.AddError($"{name}: expected a file name, got '{path}'");
            }
            else if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            {
                result.AddError($"{name}: no folder for '{path}'");
            }
        });
        return option;
    }
}
