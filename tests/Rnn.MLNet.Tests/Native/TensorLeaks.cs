namespace Rnn.MLNet.Tests.Native;

/// <summary>Counts the tensors that an action leaks. For tests of the collection <see cref="Alone"/>: all tensors of the process count.</summary>
internal static class TensorLeaks
{
    /// <summary>Fails if the action leaves tensors alive. It runs once before counting begins: what the first run alone creates is no leak.</summary>
    public static void AssertNone(Action action, int times = 1)
    {
        action();
        using var held = new SuspendedFinalizers();
        var before = torch.Tensor.TotalCount;
        for (var time = 0; time < times; time++)
        {
            action();
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }
}
