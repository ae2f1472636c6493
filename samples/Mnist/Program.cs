using Mnist;
using Samples;

return SampleProgram.Run(stop => MnistCommand.Create(options => MnistExperiment.Run(options, stop)), args);
