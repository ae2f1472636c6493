using Mnist;

return SampleProgram.Run(stop => MnistCommand.Create(options => MnistExperiment.Run(options, stop)), args);
