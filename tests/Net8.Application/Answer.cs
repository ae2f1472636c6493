using System.Text.Json;
using System.Text.Json.Serialization;
using Rnn.MLNet;
using Rnn.MLNet.Tests;

namespace Net8.Application;

/// <summary>What an application does with the library, and what comes out, on the framework that this file is compiled for.</summary>
/// <param name="Framework">The major version of .NET.</param>
/// <param name="Accuracy">The accuracy of the model.</param>
/// <param name="Scores">The scores of the model that was trained; the features of one row are missing.</param>
/// <param name="Loaded">The scores of the saved model, loaded by ML.NET alone.</param>
/// <param name="LoadedAsNetwork">The scores of the saved model, loaded with <c>LoadRnn</c>.</param>
/// <param name="Engine">The scores of a prediction engine.</param>
/// <param name="Labels">The predicted labels.</param>
/// <param name="TemporaryFiles">The folder for temporary files that the library finds in a context.</param>
/// <param name="Canceled">Whether training ended because the context was cancelled.</param>
/// <param name="Registers">The bits of <see cref="RegisterSamples"/>.</param>
internal sealed record Answer(
    int Framework,
    double Accuracy,
    float[][] Scores,
    float[][] Loaded,
    float[][] LoadedAsNetwork,
    float[][] Engine,
    string[] Labels,
    string? TemporaryFiles,
    bool Canceled,
    int[] Registers)
{
    public static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Does it all.</summary>
    /// <param name="zip">The file that the model is saved to.</param>
    public static Answer Of(string zip)
    {
        var context = new MLContext(seed: 1) { TempFilePath = Path.GetDirectoryName(Path.GetFullPath(zip)) };
        var train = SyntheticSequences.Text(context, 96);
        var rows = SyntheticSequences.Rows(30, seed: 2).ToList();
        var test = context.Data.LoadFromEnumerable(rows);
        using var model = context.Transforms.Conversion.MapValueToKey("Label")
            .Append(context.Transforms.RnnClassifier(SyntheticSequences.Options with { Epochs = 8 }))
            .Append(context.Transforms.Conversion.MapKeyToValue("Colour", "PredictedLabel"))
            .Fit(train);
        var accuracy = context.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
        context.Model.Save(model, train.Schema, zip);

        rows[3].Features[4] = float.NaN;
        var view = model.Transform(test);
        using var network = new MLContext().Model.LoadRnn(zip, out _);
        var engine = context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(model);
        return new Answer(
            Environment.Version.Major,
            accuracy,
            ScoresOf(view),
            ScoresOf(new MLContext().Model.Load(zip, out _).Transform(test)),
            ScoresOf(network.Transform(test)),
            [.. rows.Select(row => engine.Predict(row).Score)],
            [.. view.GetColumn<string>("Colour").Select(colour => colour ?? "")],
            MLNetAccessors.TempFilePathOf(MLNetAccessors.EnvironmentOf(context.Transforms)),
            IsCanceled(),
            RegisterSamples.Bits());
    }

    private static float[][] ScoresOf(IDataView view) => [.. view.GetColumn<float[]>("Score")];

    private static bool IsCanceled()
    {
        var context = new MLContext(seed: 1);
        var rows = SyntheticSequences.Keyed(context, 48);
        MLNetAccessors.Cancel(context);
        try
        {
            context.Transforms.RnnClassifier(SyntheticSequences.Options).Fit(rows).Dispose();
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
