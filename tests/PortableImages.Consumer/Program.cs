using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using PortableImages.Consumer;

// Usage: PortableImages.Consumer MODEL.zip IMAGE.png ANSWER.json
var context = new MLContext();
var model = context.Model.Load(args[0], out _);
using var engine = context.Model.CreatePredictionEngine<Picture, Prediction>(model);
using var image = MLImage.CreateFromFile(args[1]);
File.WriteAllText(args[2], JsonSerializer.Serialize(engine.Predict(new Picture { Image = image })));
