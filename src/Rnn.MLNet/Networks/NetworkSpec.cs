namespace Rnn.MLNet.Networks;

/// <summary>Everything that fixes the architecture of a network, and nothing else.</summary>
internal sealed record NetworkSpec(
    RnnCell Cell,
    int Layers,
    bool Bidirectional,
    double Dropout,
    ReadOut ReadOut,
    int TimeSteps,
    int Features,
    int Classes,
    WeightInitializer OutputInitializer = WeightInitializer.GlorotUniform);
