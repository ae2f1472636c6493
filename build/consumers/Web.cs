using Microsoft.ML;
using Rnn.MLNet;

// Loads the zip that the console application saved and answers one row at a time.
var mlContext = new MLContext();
var model = mlContext.Model.LoadRnn("model.zip", out _);
var app = WebApplication.CreateBuilder(args).Build();
app.MapPost("/predict", (Sequence row) =>
    mlContext.Data.CreateEnumerable<Prediction>(model.Transform(mlContext.Data.LoadFromEnumerable([row])), reuseRowObject: false).Single());
app.Run();
