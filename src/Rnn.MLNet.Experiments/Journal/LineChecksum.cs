using System.Security.Cryptography;
using System.Text;

namespace Rnn.MLNet.Experiments.Journal;

/// <summary>
/// A line of the journal ends with the SHA-256 of what is before it, as its last property: a flipped bit often leaves JSON that can be
/// read, and other metrics in it.
/// </summary>
internal static class LineChecksum
{
    public const string Property = "sha256";

    /// <summary>Adds the property to a JSON object of one line.</summary>
    public static string Append(string json) => json[..^1] + End(json[..^1]);

    /// <summary>Whether a line ends with the checksum of the rest.</summary>
    public static bool IsRight(string line)
    {
        // An editor may have put a carriage return at its end.
        var text = line.TrimEnd();
        var length = text.Length - End("").Length;
        return length > 0 && text[length..] == End(text[..length]);
    }

    private static string End(string text) => $",\"{Property}\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\"}}";
}
