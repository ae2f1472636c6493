using Microsoft.ML;
using Microsoft.ML.TorchSharp;
using Rnn.MLNet.Comparison;
using Xunit;

namespace Rnn.MLNet.Tests.Beside;

/// <summary>The trainers of Microsoft.ML.TorchSharp as candidates: none trains with TorchSharp 0.107.0, and each row says why.</summary>
public sealed class TorchSharpCandidateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("beside-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>
    /// A file in the temporary folder of the experiment's context is taken instead of a download, by trials too. The encoder lacks tensors of its own, as its
    /// constructor disposes of them.
    /// </summary>
    [Fact]
    public void Weights_do_not_fit_the_network_that_this_TorchSharp_makes()
    {
        StandInWeights.Write(_folder);

        var result = Execute(
            TimeSpan.FromSeconds(20),
            experiment => experiment
                .Add("network", context => context.Transforms.RnnClassifier(timeSteps: Document.Steps, cell: new GruCell(4), epochs: 2))
                .Add("text", context => context.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: nameof(Document.Text)))
                .Add("similarity", context => context.Regression.Trainers.SentenceSimilarity(
                    nameof(Document.Similarity), sentence1ColumnName: nameof(Document.Text), sentence2ColumnName: nameof(Document.Answer)))
                .Add("entities", context => context.Transforms.Conversion.MapValueToKey(nameof(Document.Objects))
                    .Append(context.MulticlassClassification.Trainers.NamedEntityRecognition(nameof(Document.Objects), sentence1ColumnName: nameof(Document.Text))))
                .Add("objects", context => context.Transforms.Conversion.MapValueToKey(nameof(Document.Objects))
                    .Append(context.MulticlassClassification.Trainers.ObjectDetection(nameof(Document.Objects), boundingBoxColumnName: nameof(Document.Boxes)))));

        Assert.Equal("network", result.BestRun?.TrainerName);
        Assert.Equal(
            [
                null,
                "ArgumentException: Mismatched state_dict sizes: expected 60, but found 120 entries.",
                "ArgumentException: Mismatched state_dict sizes: expected 60, but found 120 entries.",
                "ArgumentException: Mismatched state_dict sizes: expected 60, but found 120 entries.",
                "MissingMethodException: Method not found: 'Tensor functional.interpolate(Tensor, Int64[], Double[], InterpolationMode, System.Nullable`1<Boolean>, Boolean)'.",
            ],
            result.RunDetails.Select(run => run.Reason));
    }

    /// <summary>Weights that were made here, of the shapes that are left, are loaded; the first layer whose own are gone fails.</summary>
    [Fact]
    public void Weights_that_fit_do_not_help()
    {
        using (var encoder = LocalEncoder.Create())
        {
            encoder.save(Path.Combine(_folder.CreateSubdirectory("mlnet").FullName, "NasBert2000000.tsm"));
        }

        var result = Execute(
            Hang.Limit,
            experiment => experiment
                .Add("text", context => context.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: nameof(Document.Text))));

        Assert.Equal("InvalidOperationException: Tensor invalid -- empty handle.", result.RunDetails[0].Reason);
    }

    /// <summary>
    /// ML.NET's download tries again while a lock of its own is held, and then does not return: the time of the trial ends it. The reason is what it
    /// was doing, and whatever the first try came to.
    /// </summary>
    [Fact]
    public void Weights_that_cannot_be_downloaded_end_the_trial_in_time()
    {
        MakeReady();

        var result = Execute(
            TimeSpan.FromSeconds(4),
            experiment => experiment
                .Add("text", context => context.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: nameof(Document.Text)))
                .Add("naive Bayes", context => context.MulticlassClassification.Trainers.NaiveBayes()));

        var text = result.RunDetails[0];
        Assert.Matches(
            "^(TimeoutException: The trial's time, 4.0 s, was over while it was fitting.* Its last message was: Downloading NasBert2000000.tsm from "
            + "|InvalidOperationException: Error downloading resource from ')https://aka.ms/mlnet-resources/models/NasBert2000000.tsm",
            text.Reason);
        Assert.InRange(text.RuntimeInSeconds, 0, Hang.Limit.TotalSeconds);
        Assert.Equal("naive Bayes", result.BestRun?.TrainerName);
    }

    /// <summary>Loads what a first Fit has to load, so that the time of the trial is enough for the download to begin.</summary>
    private static void MakeReady()
    {
        var folder = Directory.CreateTempSubdirectory("beside-");
        StandInWeights.Write(folder);
        var context = new MLContext { TempFilePath = folder.FullName };
        var pipeline = context.Transforms.Conversion.MapValueToKey("Label")
            .Append(context.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: nameof(Document.Text)));
        Assert.Throws<ArgumentException>(() => pipeline.Fit(context.Data.LoadFromEnumerable(Document.Some(4))));
        folder.Delete(recursive: true);
    }

    private ExperimentResult Execute(TimeSpan trial, Action<RnnExperiment> add)
    {
        var context = new MLContext(seed: 1) { TempFilePath = _folder.FullName };
        var experiment = context.MulticlassClassification.CreateRnnExperiment(
            new RnnExperimentSettings { MaxTrialTimeInSeconds = trial.TotalSeconds, ValidationFraction = 0.2 });
        add(experiment);
        return experiment.Execute(context.Data.LoadFromEnumerable(Document.Some(40)));
    }
}
