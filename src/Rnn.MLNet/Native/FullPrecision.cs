using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>
/// Disables TF32 while this library computes. cuDNN rounds the operands of float32 products to TF32 by default, and the application may
/// have enabled this for all matrix products, which also affects some CPUs. Both settings apply to the whole process, so they are changed only
/// if necessary and restored when the last scope is disposed.
/// </summary>
internal static class FullPrecision
{
    private static readonly Lock Switching = new();
    private static int _users;
    private static (bool Cudnn, bool Products) _before;

    /// <summary>Disables TF32 until the returned scope is disposed. Scopes may overlap.</summary>
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

    /// <summary>Restores the previous settings when the last scope is disposed.</summary>
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
