namespace Rnn.MLNet.Tests;

/// <summary>When a test that waits for something calls it a hang.</summary>
internal static class Hang
{
    /// <summary>Far longer than a busy machine takes for anything that a test waits for; a test that passes never waits so long.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
}
