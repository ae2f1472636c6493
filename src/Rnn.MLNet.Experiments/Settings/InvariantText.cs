using System.Globalization;

namespace Rnn.MLNet.Experiments.Settings;

/// <summary>Writes text that has to be the same under every culture: records write their numbers under the current one.</summary>
internal static class InvariantText
{
    public static string Of(Func<string> write)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return write();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
