// The block that every page begins with, unseen: what code in the guides may use without saying so. A name that the page declares itself hides the
// one here. First the namespaces of ImplicitUsings, of ML.NET and of the library:
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Rnn.MLNet;

var mlContext = new MLContext(seed: 1);
IDataView data = null!, train = null!, test = null!, validation = null!;
IProgress<Rnn.MLNet.Comparison.ExperimentProgress> progress = null!;
var cancellationToken = CancellationToken.None;

// TensorFlow's variables, as arrays.
float[] kernel = [], bias = [], outputKernel = [], outputBias = [];

internal sealed class Digit
{
    [VectorType(28 * 28)]
    public float[] Features { get; set; } = [];

    public int Label { get; set; }
}

internal sealed class Prediction
{
    public int PredictedDigit { get; set; }
}

internal static class Sensor
{
    public static string[] Names => ["left", "right"];

    public static IEnumerable<float[]> Read() => [];
}
