namespace Rnn.MLNet;

/// <summary>.NET 9's function of <see cref="Convert"/>.</summary>
internal static class HexString
{
    extension(Convert)
    {
        public static string ToHexStringLower(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
    }
}
