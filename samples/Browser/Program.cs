using Browser;

return SampleProgram.Run(stop => BrowserCommand.Create(options => BrowserPage.Make(options, stop)), args);
