namespace Rnn.MLNet.Tests.ReferenceValues;

/// <summary>
/// The values that TensorFlow's own unit tests assert, with all kernels 0.5. They start from a state that is not zero, so a step
/// before brings it about, by features of its own: <c>set</c> fills the cell state and closes the output gate; the old
/// output then comes in through features that have the same kernel rows as the state. A last step may show the cell state.
/// </summary>
public sealed class TensorFlowUnitTests
{
    private const float Closed = -100;
    private const float Open = 100;
    private const float Half = 0.5f;

    public static TheoryData<string> Gru => Of("testGRUCell");

    public static TheoryData<string> Lstm => [.. Of("testBasicLSTMCell"), .. Of("testDropout")];

    [Theory]
    [MemberData(nameof(Gru))]
    public void Gru_cells_agree(string name)
    {
        var golden = GoldenCase.Of("tf_unit_tests", name);
        var (units, inputs) = (golden.Units, golden.Features);
        // Step 1 takes the candidate, tanh of it the wanted state; step 2 is the test's.
        var candidate = golden.Expected("h")[0].Select(h => (float)Math.Atanh(h)).ToArray();
        var variables = new Dictionary<string, TensorFlowTensor>
        {
            ["gates/kernel"] = TensorFlowCells.InsertRow(
                TensorFlowCells.Tensor(() => Half, inputs + units, 2 * units), inputs, [.. Repeat(0, units), .. Repeat(Closed, units)]),
            ["gates/bias"] = TensorFlowCells.Tensor(() => 1, 2 * units),
            ["candidate/kernel"] = TensorFlowCells.InsertRow(TensorFlowCells.Tensor(() => Half, inputs + units, units), inputs, candidate),
            ["candidate/bias"] = TensorFlowCells.Tensor(() => 0, units),
        };
        float[] row = [.. Repeat(0, inputs), 1, .. golden.X[0][0], 0];

        using var probe = Probe(golden.Cell, variables, units, timeSteps: 2, inputs + 1);
        GoldenValueTests.AssertBoth(probe, [row], golden.Expected("expect_h"), golden.Tolerance);
    }

    [Theory]
    [MemberData(nameof(Lstm))]
    public void Lstm_cells_agree(string name)
    {
        var golden = GoldenCase.Of("tf_unit_tests", name);
        var (units, inputs) = (golden.Units, golden.Features);
        // Features: x, the old output, set, show.
        var set = golden.Expected("c")[0].Select(c => (float)Math.Atanh(c));
        float[] kernel =
        [
            .. Repeat(Half, (inputs + units) * 4 * units),
            .. Repeat(Open, units), .. set, .. Repeat(0, units), .. Repeat(Closed, units),
            .. Repeat(Closed, units), .. Repeat(0, units), .. Repeat(Open, units), .. Repeat(Open, units),
            .. Repeat(Half, units * 4 * units),
        ];
        var features = inputs + units + 2;
        var variables = new Dictionary<string, TensorFlowTensor>
        {
            ["kernel"] = new(kernel, features + units, 4 * units),
            ["bias"] = TensorFlowCells.Tensor(() => 0, 4 * units),
        };
        List<float> row = [.. Repeat(0, inputs + units), 1, 0];
        for (var t = 0; t < golden.TimeSteps; t++)
        {
            var old = t == 0 ? golden.Expected("h")[0].Select(h => (float)h) : Repeat(0, units);
            row.AddRange([.. golden.X[t][0], .. old, 0, 0]);
        }

        using var probe = Probe(golden.Cell, variables, units, golden.TimeSteps + 1, features);
        GoldenValueTests.AssertBoth(probe, [[.. row]], golden.Expected("expect_h"), LstmTolerance(golden));
        using var revealing = Probe(golden.Cell, variables, units, golden.TimeSteps + 2, features);
        double[][] shown = [[.. golden.Expected("expect_c")[0].Select(Math.Tanh)]];
        GoldenValueTests.AssertBoth(revealing, [[.. row, .. Repeat(0, inputs + units), 0, 1]], shown, LstmTolerance(golden));
    }

    /// <summary>
    /// Constant kernels normalise to zero, so the new cell state is half of the old one, normalised: −1 and 1 for any old
    /// state of two units that rises, such as the test's 0 and 0.1.
    /// </summary>
    [Fact]
    public void Layer_norm_lstm_agrees()
    {
        var golden = GoldenCase.Of("tf_unit_tests", "LayerNormBasicLSTMCellTest.testBasicLSTMCell/other");
        var (units, inputs) = (golden.Units, golden.Features);
        var variables = TensorFlowCells.Variables(golden.Cell, inputs, () => 0);
        foreach (var name in variables.Keys.Where(name => name.EndsWith("gamma")).ToList())
        {
            variables[name] = TensorFlowCells.Tensor(() => 1, units);
        }

        variables["kernel"] = TensorFlowCells.InsertRow(
            TensorFlowCells.Tensor(() => Half, inputs + units, 4 * units), inputs, [0, 0, -1, 1, 0, 0, 0, 0]);
        float[] row = [.. Repeat(0, inputs), 1, .. golden.X[0][0], 0];

        using var probe = Probe(golden.Cell, variables, units, timeSteps: 2, inputs + 1);
        GoldenValueTests.AssertBoth(probe, [row], golden.Expected("expect_h"), golden.Tolerance);
    }

    /// <summary>The sigmoids of cuDNN are right to some millionths.</summary>
    private static double LstmTolerance(GoldenCase golden) => torch.cuda.is_available() ? Math.Max(golden.Tolerance, 1e-5) : golden.Tolerance;

    private static StateProbe Probe(RnnCell cell, Dictionary<string, TensorFlowTensor> variables, int width, int timeSteps, int features) =>
        new(new RnnClassifierOptions { Cell = cell }, [new TensorFlowLayer { Forward = variables }], width, timeSteps, features);

    private static TheoryData<string> Of(string prefix) =>
        [.. GoldenCase.Names("tf_unit_tests").Select(row => row.Data).Where(name => name.StartsWith(prefix))];

    private static IEnumerable<float> Repeat(float value, int count) => Enumerable.Repeat(value, count);
}
