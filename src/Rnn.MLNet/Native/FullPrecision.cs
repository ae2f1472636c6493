using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>
/// float32 means float32 while this library computes. cuDNN rounds the factors of products (TF32) unless it is told not to, and the
/// application may have allowed the same for all matrix products, which reaches some processors too. Both are settings of the process:
/// they are changed only if they must be, and set back when the last work has ended.
/// </summary>
internal static class FullPrecision
{
    private static readonly Lock Switching = new();
    private static int _users;
    private static (bool Cudnn, bool Products) _before;

    /// <summary>Full precision until the scope is disposed; scopes may overlap.</summary>
    public static Scope Use()
    {
        lock (Switching)
        {
            if (_users++ == 0)
            {
                _before = (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32);
                Allow((false, false));
            }
        }

        return default;
    }

    private static void Allow((bool Cudnn, bool Products) rounding)
    {
        if (backends.cudnn.allow_tf32 != rounding.Cudnn)
        {
            backends.cudnn.allow_tf32 = rounding.Cudnn;
        }

        if (backends.cuda.matmul.allow_tf32 != rounding.Products)
        {
            backends.cuda.matmul.allow_tf32 = rounding.Products;
        }
    }

    /// <summary>Work that wants full precision.</summary>
    public readonly struct Scope : IDisposable
    {
        public void Dispose()
        {
            lock (Switching)
            {
                if (--_users == 0)
                {
                    Allow(_before);
                }
            }
        }
    }
}
