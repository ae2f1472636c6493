namespace Rnn.MLNet.Kernels;

/// <summary>A number of rows as a type, so that the JIT compiles a method of its own for each.</summary>
internal interface INumberOfRows
{
    static abstract int Count { get; }
}

internal readonly struct One : INumberOfRows
{
    public static int Count => 1;
}

internal readonly struct Two : INumberOfRows
{
    public static int Count => 2;
}

internal readonly struct Three : INumberOfRows
{
    public static int Count => 3;
}

internal readonly struct Four : INumberOfRows
{
    public static int Count => 4;
}

internal readonly struct Five : INumberOfRows
{
    public static int Count => 5;
}

internal readonly struct Six : INumberOfRows
{
    public static int Count => 6;
}
