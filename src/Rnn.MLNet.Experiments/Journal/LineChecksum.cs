using System.Security.Cryptography;
using System.Text;

namespace Rnn.MLNet.Experiments.Journal;

/// <summary>
/// The checksum of a journal line: the SHA-256 of everything before it, stored as the last property. A flipped bit often leaves valid JSON
/// with wrong metrics, which only a checksum detects.
/// </summary>
internal static class LineChecksum
{
    public const string Property = "sha256";

    /// <summary>Appends the checksum property to a JSON object on one line.</summary>
    public static string Append(string json) => json[..^1] + End(json[..^1]);

    /// <summary>Returns whether a line ends with the checksum of what precedes it.</summary>
    public static bool IsRight(string line)
    {
        // An editor may have added a carriage return.
        var text = line.TrimEnd();
        var length = text.Length - End("").Length;
        return length > 0 && text[length..] == End(text[..length]);
    }

    private static string End(string text) => $",\"{Property}\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\"}}";
}
