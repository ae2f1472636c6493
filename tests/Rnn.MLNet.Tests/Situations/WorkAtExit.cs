namespace Rnn.MLNet.Tests.Situations;

/// <summary>A handler of the process's end starts another fit.</summary>
internal sealed class WorkAtExit : ISituation
{
    public static int Main(string[] args)
    {
        SyntheticSequences.Fit(SyntheticSequences.Options).Dispose();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                SyntheticSequences.Fit(SyntheticSequences.Options).Dispose();
                Console.WriteLine("It ran.");
            }
            catch (Exception exception)
            {
                Console.WriteLine($"{exception.GetType().Name}: {exception.Message}");
            }
        };
        return 0;
    }
}
