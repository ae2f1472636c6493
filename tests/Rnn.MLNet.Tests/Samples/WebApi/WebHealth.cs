namespace Rnn.MLNet.Tests.Samples.WebApi;

/// <summary>The health, as a client declares it.</summary>
internal sealed record WebHealth(string Status, WebHealth.Identity? Model, string? Error)
{
    internal sealed record Identity(string Sha256, DateTime FileTime, int Features, string[] Classes);
}
