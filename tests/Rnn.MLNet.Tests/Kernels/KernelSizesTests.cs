using Rnn.MLNet.Tests.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Kernels;

/// <summary>
/// Every cell in float32, with the library's own kernels in each register width and with libtorch, against libtorch in double precision: up to 300
/// units, 100 features and 257 rows.
/// </summary>
public sealed class KernelSizesTests(ITestOutputHelper output)
{
    private const int Steps = 3, MostUnits = 300, MostInputs = 100, MostRows = 257;

    private const double Tolerance = 3e-6;

    // Around whole panels of each register width, which are 8, 16, 32 and 64 units wide.
    private static readonly int[] Units = [1, 2, 3, 5, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, MostUnits];

    private static readonly int[] Inputs = [1, 2, 3, 28, 99, MostInputs];

    // Around whole tiles, the minibatches of scoring, and the rows that the gradient of a weight takes at once.
    private static readonly int[] Rows = [1, 2, 5, 6, 7, 11, 12, 13, 59, 60, 61, 128, 255, 256, MostRows];

    private static readonly string[] Names = [.. CellSamples.All.Keys];

    public static TheoryData<string> Cells => CellSamples.Names;

    [Theory]
    [MemberData(nameof(Cells))]
    public void Sizes_around_those_of_tiles_and_panels_change_nothing(string name)
    {
        // Each cell has every number of units, inputs and rows, but not the same ones together as the cell before.
        var place = Array.IndexOf(Names, name);
        Assert.All(Units, (units, i) => Check(name, units, Inputs[(i + place) % Inputs.Length], Rows[(7 * i + 4 * place) % Rows.Length]));
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Cells))]
    public void Nor_does_any_number_of_units(string name)
    {
        var place = Array.IndexOf(Names, name);
        var largest = default(Deviation);
        Assert.All(
            Enumerable.Range(1, MostUnits),
            units => largest = largest.Or(Check(name, units, 1 + (37 * units + 13 * place) % MostInputs, 1 + (101 * units + 29 * place) % MostRows)));
        output.WriteLine($"{name}: {largest}");
    }

    /// <summary>Returns the largest deviation of all kernels; none if float32 cannot tell the gradients of this situation.</summary>
    private Deviation Check(string name, int units, int inputs, int rows)
    {
        using var scope = NewDisposeScope();
        var cell = CellTable.Of(CellSamples.All[name] with { Units = units }).Recurrence;
        var situation = Situation.Draw(cell, rows, Steps, inputs);
        var everyStep = (units + rows) % 2 == 0;
        Tensor[] expected = situation.Expected(everyStep);
        ICellStep?[] kernels = [null, cell.Step<Lanes128>(inputs), cell.Step<Lanes256>(inputs), cell.Step<Lanes512>(inputs), cell.Step<Lanes1024>(inputs)];
        Deviation[] each = [.. kernels.Select(kernel => situation.Compare(expected, everyStep, kernel))];
        var largest = each.Aggregate((one, other) => one.Or(other));
        if (largest.IsWithin(Tolerance))
        {
            return largest;
        }

        // A state on the bound of a clip has two gradients, and that of a normalisation grows without end as the values approach each other: what
        // float32 allows there is some times what libtorch makes of numbers that are others by a few roundings.
        var moved = Enumerable.Range(1, 8).Select(seed => situation.Moved((ulong)seed).Compare(expected, everyStep, step: null));
        var allowed = 4 * moved.Aggregate((one, other) => one.Or(other));
        var size = $"{name}, {units} units, {inputs} inputs, {rows} rows: libtorch {each[0]}; 4 lanes {each[1]}; 8 lanes {each[2]}; 16 lanes {each[3]}; 32 lanes {each[4]}; allowed {allowed}";
        Assert.True(largest.IsWithin(Tolerance, allowed), size);
        output.WriteLine(size);
        return default;
    }
}
