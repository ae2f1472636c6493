namespace Rnn.MLNet.Tests.ReferenceValues;

/// <summary>
/// Every case of golden.json in libtorch and in ONNX Runtime. An output at step t of the forward direction is the final state of the
/// sequence up to t; of the backward direction, that of the sequence from t on.
/// </summary>
public sealed class GoldenValueTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => GoldenCase.Names("cases");

    public static TheoryData<string> BidirectionalCases => GoldenCase.Names("bidirectional");

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_outputs_of_every_step_and_the_final_state_agree(string name)
    {
        var golden = GoldenCase.Of("cases", name);
        for (var t = 0; t < golden.TimeSteps; t++)
        {
            using var probe = Probe(golden, t + 1, ReadOut.FinalState);
            AssertBoth(probe, golden.Rows(..(t + 1)), golden.Outputs[t]);
        }

        using var last = Probe(golden, golden.TimeSteps, ReadOut.LastOutput);
        AssertBoth(last, golden.Rows(..), golden.FinalState("h"));
        using var mean = Probe(golden, golden.TimeSteps, ReadOut.MeanPool);
        AssertBoth(mean, golden.Rows(..), Mean(golden));
    }

    [Theory]
    [MemberData(nameof(BidirectionalCases))]
    public void Both_directions_agree_at_every_step(string name)
    {
        var golden = GoldenCase.Of("bidirectional", name);
        var (steps, units) = (golden.TimeSteps, golden.Units);
        for (var t = 0; t < steps; t++)
        {
            using var upTo = Probe(golden, t + 1, ReadOut.FinalState, "_fw", "_bw");
            using var from = Probe(golden, steps - t, ReadOut.FinalState, "_fw", "_bw");
            AssertHalf(upTo, golden.Rows(..(t + 1)), golden.Outputs[t], ..units);
            AssertHalf(from, golden.Rows(t..), golden.Outputs[t], units..);
        }

        using var final = Probe(golden, steps, ReadOut.FinalState, "_fw", "_bw");
        AssertHalf(final, golden.Rows(..), golden.FinalState("h", "_fw"), ..units, whole: true);
        AssertHalf(final, golden.Rows(..), golden.FinalState("h", "_bw"), units.., whole: true);
        // outputs[-1] of static_bidirectional_rnn: the backward half has seen the last step only.
        using var last = Probe(golden, steps, ReadOut.LastOutput, "_fw", "_bw");
        AssertBoth(last, golden.Rows(..), golden.Outputs[^1]);
        using var mean = Probe(golden, steps, ReadOut.MeanPool, "_fw", "_bw");
        AssertBoth(mean, golden.Rows(..), Mean(golden));
    }

    /// <summary>
    /// The cell state shows one step later, if that step closes the input gate and opens the two others: h = tanh(c). One feature more
    /// does that; it is 0 before. Layer normalisation would normalise it away, but there h = σ(o) tanh(c) of the next steps shows c.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_final_cell_state_agrees(string name)
    {
        var golden = GoldenCase.Of("cases", name);
        var cell = golden.Cell;
        if (!golden.HasState("c") || cell is LayerNormBasicLstmCell { LayerNorm: true })
        {
            return;
        }

        const float Open = 100;
        var weights = golden.Weights().ToDictionary();
        var gates = new[] { -Open, 0, Open, Open }.SelectMany(gate => Enumerable.Repeat(gate, golden.Units)).ToArray();
        weights["kernel"] = TensorFlowCells.InsertRow(weights["kernel"], golden.Features, gates);
        float[] reveal = [.. new float[golden.Features], 1];
        float[][] rows = [.. golden.Rows(..).Select(row => row.Chunk(golden.Features).SelectMany(step => step.Append(0)).Concat(reveal).ToArray())];
        var shown = golden.FinalState("c").Select(state => state.Select(Math.Tanh).ToArray()).ToArray();
        if (cell is LstmCell { ProjectionSize: { } size } lstm)
        {
            var projection = golden.Weights()["projection/kernel"].Values.ToArray();
            var bound = lstm.ProjectionClip ?? double.MaxValue;
            shown = [.. shown.Select(state => Enumerable.Range(0, size)
                .Select(k => Math.Clamp(state.Select((value, j) => value * projection[j * size + k]).Sum(), -bound, bound)).ToArray())];
        }

        using var probe = new StateProbe(
            new RnnClassifierOptions { Cell = cell }, [new TensorFlowLayer { Forward = weights }], golden.Outputs[0][0].Length, golden.TimeSteps + 1, golden.Features + 1);
        AssertBoth(probe, rows, shown);
    }

    internal static void AssertBoth(StateProbe probe, float[][] rows, double[][] expected, double tolerance = Tolerance)
    {
        AssertClose(expected, probe.Libtorch(rows), tolerance);
        AssertClose(expected, probe.OnnxRuntime(rows), tolerance);
    }

    private static StateProbe Probe(GoldenCase golden, int steps, ReadOut readOut, string forward = "", string? backward = null) => new(
        new RnnClassifierOptions { Cell = golden.Cell, Bidirectional = backward is not null, ReadOut = readOut },
        [new TensorFlowLayer { Forward = golden.Weights(forward), Backward = backward is null ? null : golden.Weights(backward) }],
        golden.Outputs[0][0].Length, steps, golden.Features);

    private static void AssertHalf(StateProbe probe, float[][] rows, double[][] expected, Range half, bool whole = false)
    {
        var wanted = expected.Select(row => whole ? row : row[half]).ToArray();
        AssertClose(wanted, [.. probe.Libtorch(rows).Select(row => row[half])], Tolerance);
        AssertClose(wanted, [.. probe.OnnxRuntime(rows).Select(row => row[half])], Tolerance);
    }

    private static double[][] Mean(GoldenCase golden) =>
    [
        .. Enumerable.Range(0, golden.X[0].Length).Select(row =>
            Enumerable.Range(0, golden.Outputs[0][0].Length).Select(k => golden.Outputs.Average(step => step[row][k])).ToArray()),
    ];

    private static void AssertClose(double[][] expected, double[][] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (expectedRow, actualRow) in expected.Zip(actual))
        {
            Assert.Equal(expectedRow.Length, actualRow.Length);
            Assert.All(expectedRow.Zip(actualRow), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
        }
    }
}
