namespace Rnn.MLNet.Tests.Situations;

/// <summary>A C library that lacks what glibc has.</summary>
internal sealed class OtherLibrary : ISituation
{
    public static int Main(string[] args)
    {
        NativeLibrary.SetDllImportResolver(
            typeof(RnnClassifierOptions).Assembly, (name, _, _) => name == "libc.so.6" ? NativeLibrary.Load("libdl.so.2") : 0);
        OutOfMemory.Report(() => SyntheticSequences.Fit(SyntheticSequences.Options).Dispose());
        return 0;
    }
}
