using TensorFlowTutorial;

return SampleProgram.Run(TutorialCommand.Create, args);
