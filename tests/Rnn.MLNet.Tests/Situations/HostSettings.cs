using Rnn.MLNet.Tests.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Situations;

/// <summary>The application sets what libtorch lets it set, one setting after the other, and trains and scores with each.</summary>
internal sealed class HostSettings : ISituation
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { Epochs = 1, Threads = 2, BatchSize = 32, ValidationFraction = 0.2, EarlyStoppingPatience = 3 };

    /// <summary>The kernels, each of the loops, and libtorch's fused functions; all kinds of dropout.</summary>
    private static readonly RnnClassifierOptions[] Networks =
    [
        Options with { Layers = 2, Bidirectional = true, Dropout = 0.2 },
        Options with { Cell = new GruCell(5), ReadOut = ReadOut.MeanPool, Optimizer = OptimizerKind.RmsProp },
        Options with { Cell = new GruCell(5) { ResetAfter = false }, Optimizer = OptimizerKind.Sgd },
        Options with { Cell = new LstmCell(5) { UsePeepholes = true, ProjectionSize = 3, CellClip = 2 }, Optimizer = OptimizerKind.AdamW },
        Options with { Cell = new LayerNormBasicLstmCell(5) { DropoutKeepProb = 0.8 } },
        Options with { Precision = RnnPrecision.BFloat16 },
    ];

    public static int Main(string[] args)
    {
        SyntheticSequences.Fit(Options).Dispose();
        var expected = TrainAndScore(Networks.Length);
        var (threads, device) = (get_num_threads(), get_default_device());
        Try("nothing", () => { }, () => { });
        Try("default type Float64", () => set_default_dtype(ScalarType.Float64), () => set_default_dtype(ScalarType.Float32));
        Try("default type BFloat16", () => set_default_dtype(ScalarType.BFloat16), () => set_default_dtype(ScalarType.Float32));
        Try("default type Float16", () => set_default_dtype(ScalarType.Float16), () => set_default_dtype(ScalarType.Float32));
        Try("default device meta", () => set_default_device("meta"), () => set_default_device(device));
        TryWithin("no gradients", no_grad);
        TryWithin("gradients disabled", () => set_grad_enabled(false));
        TryWithin("inference mode", () => inference_mode());
        // One will do: libtorch then writes down where each operation was called, which takes seconds.
        TryWithin("anomaly detection", () => autograd.set_detect_anomaly(true), networks: 1);
        TryWithin("a scope for tensors", () => NewDisposeScope());
        Try("a seed", () => manual_seed(5), () => { });
        Try("three threads", () => set_num_threads(3), () => set_num_threads(threads));
        Try("rounded products", () => AllowTf32(true), () => AllowTf32(false));
        return 0;

        void TryWithin(string name, Func<IDisposable> enter, int? networks = null)
        {
            IDisposable? entered = null;
            Try(name, () => entered = enter(), () => entered!.Dispose(), networks);
        }

        void Try(string name, Action set, Action restore, int? networks = null)
        {
            string before, after, result;
            var count = networks ?? Networks.Length;
            set();
            try
            {
                before = State();
                result = TrainAndScore(count).SequenceEqual(expected.Take(count)) ? "equal" : "other weights or scores";
                after = State();
            }
            catch (Exception exception)
            {
                before = after = "";
                result = exception.Message.Split('\n')[0];
            }
            finally
            {
                restore();
            }

            Console.WriteLine($"{name}: {result}, {(before == after ? "left as it was" : $"{before} became {after}")}");
        }
    }

    private static void AllowTf32(bool allowed) => backends.cuda.matmul.allow_tf32 = allowed;

    private static string State()
    {
        using var random = get_rng_state();
        return string.Join(
            ' ', get_default_dtype(), get_default_device(), is_grad_enabled(), is_inference_mode_enabled(), get_num_threads(), ThreadCount.OfNewThread(),
            backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32, Convert.ToHexString(SHA256.HashData(random.bytes)));
    }

    /// <summary>Digests of the weights and the scores of the first networks.</summary>
    private static List<string> TrainAndScore(int count)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new TemporaryFile(".onnx");
        var context = new MLContext(seed: 1);
        var digests = new List<string>();
        foreach (var options in Networks.Take(count))
        {
            using var model = SyntheticSequences.Fit(options);
            model.ExportOnnx(file.Path);
            digest.AppendData(File.ReadAllBytes(file.Path));
            foreach (var scores in model.Transform(SyntheticSequences.Keyed(context, 200)).Scores())
            {
                digest.AppendData(MemoryMarshal.AsBytes<float>(scores));
            }

            digests.Add(Convert.ToHexString(digest.GetHashAndReset()));
        }

        return digests;
    }
}
