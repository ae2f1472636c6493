using Compare;

// Ctrl+C ends the comparison with the best so far.
return SampleProgram.Run(
    stop => CompareCommand.Create(options => options.Mode switch
    {
        CompareMode.Strategies => StrategyComparison.Run(options, stop),
        CompareMode.Memory => MemoryComparison.Run(options, stop),
        _ => CandidateComparison.Run(options, stop),
    }),
    args);
