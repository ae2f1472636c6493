using System.Globalization;

namespace Rnn.MLNet.Experiments.Settings;

/// <summary>Formats text that must be the same under every culture. The ToString of records formats numbers under the current culture.</summary>
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
