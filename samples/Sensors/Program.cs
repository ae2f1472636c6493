using Sensors;

return SampleProgram.Run(stop => SensorsCommand.Create(options => SensorsExperiment.Run(options, stop)), args);
