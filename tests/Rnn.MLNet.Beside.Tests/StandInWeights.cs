namespace Rnn.MLNet.Tests.Beside;

/// <summary>Files in the place of the weights that the trainers would download: the number of tensors, and no tensor.</summary>
internal static class StandInWeights
{
    /// <param name="folder">The temporary folder of the context.</param>
    public static void Write(DirectoryInfo folder)
    {
        var files = folder.CreateSubdirectory("mlnet");
        Write("NasBert2000000.tsm", 120);
        Write("pretrained_NasBert_14M_encoder.tsm", 120);
        // Object detection accepts a file that lacks tensors.
        Write("autoformer_11m_torchsharp.bin", 0);

        void Write(string name, byte tensors) => File.WriteAllBytes(Path.Combine(files.FullName, name), [tensors]);
    }
}
