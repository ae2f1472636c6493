using Microsoft.ML.Tokenizers;
using Microsoft.ML.TorchSharp;
using Microsoft.ML.TorchSharp.NasBert.Models;

namespace Rnn.MLNet.Tests.Beside;

/// <summary>The encoder of TextClassification with weights that nobody trained.</summary>
internal static class LocalEncoder
{
    /// <summary>The architecture of the trainer, which it does not make public.</summary>
    private static readonly int[] Arches = [9, 11, 7, 0, 0, 0, 11, 11, 7, 0, 0, 0, 9, 7, 11, 0, 0, 0, 10, 7, 9, 0, 0, 0];

    public static NasBertEncoder Create()
    {
        var tokenizer = Tokenizer();
        return new NasBertEncoder(
            tokenizer.PadIndex, tokenizer.SymbolsCount, activationFn: "gelu", maxSeqLen: 512, embedSize: 64, arches: Arches, numSegments: 0,
            encoderNormalizeBefore: true, numEncoderLayers: Arches.Length, applyBertInit: true);
    }

    private static EnglishRobertaTokenizer Tokenizer()
    {
        var assembly = typeof(TorchSharpCatalog).Assembly;
        using var vocabulary = assembly.GetManifestResourceStream("encoder.json")!;
        using var merges = assembly.GetManifestResourceStream("vocab.bpe")!;
        using var ranks = assembly.GetManifestResourceStream("dict.txt")!;
        var tokenizer = EnglishRobertaTokenizer.Create(vocabulary, merges, ranks, RobertaPreTokenizer.Instance);
        tokenizer.AddMaskSymbol("<mask>");
        return tokenizer;
    }
}
