using System.Reflection;

namespace Rnn.MLNet.Windows;

/// <summary>Calls generic methods for column types that are known only at run time.</summary>
internal static class TypedCall
{
    /// <summary>Calls a private static generic method, and lets its exceptions through.</summary>
    /// <param name="owner">The type that declares the method.</param>
    /// <param name="method">The name of the method, which has one type parameter.</param>
    /// <param name="type">The type argument.</param>
    /// <param name="arguments">The arguments.</param>
    public static TResult Invoke<TResult>(Type owner, string method, Type type, params object?[] arguments) =>
        (TResult)owner.GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
