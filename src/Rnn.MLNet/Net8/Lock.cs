namespace Rnn.MLNet;

/// <summary>The object of a <c>lock</c> statement, in place of .NET 9's <c>System.Threading.Lock</c>; only slower.</summary>
internal sealed class Lock;
