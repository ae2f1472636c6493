using Compare;

// Ctrl+C stops the comparison and keeps the best model so far.
return SampleProgram.Run(
    stop => CompareCommand.Create(options => options.Mode switch
    {
        CompareMode.Strategies => StrategyComparison.Run(options, stop),
        CompareMode.Memory => MemoryComparison.Run(options, stop),
        _ => CandidateComparison.Run(options, stop),
    }),
    args);
