using Rnn.MLNet.Tests.ReferenceValues;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>Cells and weights that make no sense are refused, with the cell, the option and the shapes in the message.</summary>
public sealed class CellValidationTests
{
    public static TheoryData<RnnCell, string> WrongCells => new()
    {
        { new BasicRnnCell(0), "BasicRnnCell.Units must be from 1 to 65536; it is 0." },
        { new BasicRnnCell(4) { Activation = (RnnActivation)2 }, "BasicRnnCell.Activation must be one of Tanh, Relu; it is 2." },
        { new GruCell(4) { UpdateBias = double.NaN }, "GruCell.UpdateBias must be a finite number; it is NaN." },
        { new GruCell(-1) { ResetAfter = false }, "GruCell.Units must be from 1 to 65536; it is -1." },
        { new BasicLstmCell(4) { ForgetBias = double.NaN }, "BasicLstmCell.ForgetBias must be a finite number; it is NaN." },
        { new LstmCell(4) { ForgetBias = double.PositiveInfinity }, "LstmCell.ForgetBias must be a finite number; it is Infinity." },
        { new LstmCell(4) { CellClip = 0 }, "LstmCell.CellClip must be a positive number, or null; it is 0." },
        { new LstmCell(4) { CellClip = double.NaN }, "LstmCell.CellClip must be a positive number, or null; it is NaN." },
        { new LstmCell(4) { ProjectionSize = 0 }, "LstmCell.ProjectionSize must be from 1 to 65536, or null; it is 0." },
        { new LstmCell(4) { ProjectionSize = 2, ProjectionClip = -1 }, "LstmCell.ProjectionClip must be a positive number, or null; it is -1." },
        { new LstmCell(4) { ProjectionClip = 1 }, "LstmCell.ProjectionClip must be null unless ProjectionSize is given (it is null); it is 1." },
        { new LayerNormBasicLstmCell(4) { DropoutKeepProb = 0 }, "LayerNormBasicLstmCell.DropoutKeepProb must be at least 1e-6 and at most 1; it is 0." },
        { new LayerNormBasicLstmCell(4) { DropoutKeepProb = 1.5 }, "LayerNormBasicLstmCell.DropoutKeepProb must be at least 1e-6 and at most 1; it is 1.5." },
        { new LayerNormBasicLstmCell(4) { DropoutKeepProb = double.NaN }, "LayerNormBasicLstmCell.DropoutKeepProb must be at least 1e-6 and at most 1; it is NaN." },
        { new LayerNormBasicLstmCell(4) { DropoutKeepProb = 1e-300 }, "LayerNormBasicLstmCell.DropoutKeepProb must be at least 1e-6 and at most 1; it is 1E-300." },
        { new BasicLstmCell(4) { ForgetBias = 1e300 }, "BasicLstmCell.ForgetBias must be from -1e6 to 1e6; it is 1E+300." },
        { new LstmCell(4) { CellClip = 1e-300 }, "LstmCell.CellClip must be from 1e-30 to 3.4e38, or null; it is 1E-300." },
        { new LayerNormBasicLstmCell(1), "LayerNormBasicLstmCell.Units must be at least 2 when LayerNorm is true (a single value is always normalised to 0); it is 1." },
        { new LayerNormBasicLstmCell(4) { NormGain = double.NaN }, "LayerNormBasicLstmCell.NormGain must be a finite number; it is NaN." },
        { new LayerNormBasicLstmCell(4) { LayerNorm = false, NormGain = 2 }, "LayerNormBasicLstmCell.NormGain must be 1, its default, when LayerNorm is false; it is 2." },
        { new LayerNormBasicLstmCell(4) { LayerNorm = false, NormShift = 2 }, "LayerNormBasicLstmCell.NormShift must be 0, its default, when LayerNorm is false; it is 2." },
    };

    [Theory]
    [MemberData(nameof(WrongCells))]
    public void A_wrong_option_is_refused_by_name(RnnCell cell, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new MLContext().Transforms.RnnClassifier(timeSteps: 3, cell: cell));

        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void A_weight_of_a_wrong_shape_is_refused_with_both_shapes()
    {
        var cell = new LstmCell(4) { ProjectionSize = 2 };
        var layer = Layer(cell);
        ((Dictionary<string, TensorFlowTensor>)layer.Forward)["projection/kernel"] = TensorFlowCells.Tensor(() => 0, 2, 4);

        Assert.Equal(
            $"LstmCell: the weight 'projection/kernel' of Layers[0].Forward must have the shape [4, 2]; it has [2, 4]. The cell is {cell}.",
            Refused(cell, layer));
    }

    [Fact]
    public void A_weight_that_is_missing_or_not_the_cells_is_refused()
    {
        var plain = Layer(new LstmCell(4));
        var peepholes = Layer(new LstmCell(4) { UsePeepholes = true });

        Assert.StartsWith(
            "LstmCell needs the weight 'w_i_diag' of shape [4], but Layers[0].Forward has no such weight; it has 'kernel', 'bias'.",
            Refused(new LstmCell(4) { UsePeepholes = true }, plain));
        Assert.StartsWith(
            "LstmCell has no weight 'w_i_diag', but Layers[0].Forward gives one of shape [4]; the cell's weights are 'kernel', 'bias'.",
            Refused(new LstmCell(4), peepholes));
    }

    [Fact]
    public void Layers_and_directions_must_be_as_many_as_the_network_has()
    {
        var cell = new BasicLstmCell(4);
        var layer = Layer(cell);

        Assert.Equal($"The network has 1 layer of {cell}, but the weights are of 2 layers.", Refused(cell, layer, layer));
        Assert.Equal(
            $"Bidirectional is False, but Layers[0].Backward of the weights of {cell} is given.",
            Refused(cell, layer with { Backward = layer.Forward }));
    }

    [Fact]
    public void A_tensor_needs_as_many_finite_numbers_as_its_shape_has_places()
    {
        Assert.StartsWith("A tensor of shape [2, 3] needs 6 numbers; there are 5.", Assert.Throws<ArgumentException>(() => new TensorFlowTensor(new float[5], 2, 3)).Message);
        Assert.StartsWith("A tensor of shape [0] needs 0 numbers; there are 0.", Assert.Throws<ArgumentException>(() => new TensorFlowTensor([], 0)).Message);
        Assert.StartsWith("A tensor of shape [-1, -3] needs 3 numbers; there are 3.", Assert.Throws<ArgumentException>(() => new TensorFlowTensor([1, 2, 3], -1, -3)).Message);
        Assert.StartsWith("The numbers of a tensor must be finite; number 0 of shape [1, 1] is NaN.", Assert.Throws<ArgumentException>(() => new TensorFlowTensor([float.NaN], 1, 1)).Message);
        Assert.StartsWith("The numbers of a tensor must be finite; number 1 of shape [2] is NaN.", Assert.Throws<ArgumentException>(() => new TensorFlowTensor([0, float.NaN], 2)).Message);
    }

    private static TensorFlowLayer Layer(RnnCell cell) => new() { Forward = TensorFlowCells.Variables(cell, 3, () => 0.1f) };

    private static string Refused(RnnCell cell, params TensorFlowLayer[] layers) =>
        Assert.Throws<ArgumentException>(() => new StateProbe(new RnnClassifierOptions { Cell = cell }, layers, TensorFlowCells.OutputSize(cell), 2, 3)).Message;
}
