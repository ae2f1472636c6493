using Images;

return SampleProgram.Run(stop => ImagesCommand.Create(options => ImagesExperiment.Run(options, stop)), args);
