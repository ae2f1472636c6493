namespace Rnn.MLNet.Tests.Situations;

/// <summary>The process ends while the first fit loads libtorch.</summary>
internal sealed class ExitWhileLoading : ISituation
{
    public static int Main(string[] args)
    {
        new Thread(() => SyntheticSequences.Fit(SyntheticSequences.Options with { Epochs = 1_000_000 })) { IsBackground = true }.Start();
        while (!File.ReadAllText("/proc/self/maps").Contains("libtorch_cpu"))
        {
            Thread.Sleep(1);
        }

        return ExitDuringWork.ExitCode;
    }
}
