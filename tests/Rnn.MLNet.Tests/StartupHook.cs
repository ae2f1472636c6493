using Rnn.MLNet.Tests.Situations;

#pragma warning disable CA1050 // The runtime looks for a type without a namespace.

/// <summary>Gives another program, which has this assembly in DOTNET_STARTUP_HOOKS, the culture that writes numbers as no file may.</summary>
internal static class StartupHook
{
    public static void Initialize() => CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = Program.Foreign();
}
