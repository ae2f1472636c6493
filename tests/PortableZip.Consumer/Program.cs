using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;
using PortableZip.Consumer;

// Usage: PortableZip.Consumer MODEL.zip SEQUENCES.json ANSWER.json
var json = new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
var context = new MLContext();
var model = context.Model.Load(args[0], out _);
var rows = JsonSerializer.Deserialize<float[][]>(File.ReadAllText(args[1]), json)!.Select(values => new Row { Features = values }).ToList();

var view = model.Transform(context.Data.LoadFromEnumerable(rows));
VBuffer<ReadOnlyMemory<char>> slotNames = default;
view.Schema["Score"].GetSlotNames(ref slotNames);
var engine = context.Model.CreatePredictionEngine<Row, Prediction>(model);
var answer = new
{
    Columns = view.Schema.Where(column => !column.IsHidden).Select(column => column.Name),
    SlotNames = slotNames.DenseValues().Select(name => name.ToString()),
    Scores = view.GetColumn<float[]>("Score"),
    EngineScores = rows.Select(row => engine.Predict(row).Score),
    Keys = view.GetColumn<uint>("PredictedLabel"),
    Colours = view.GetColumn<string>("Colour").Select(colour => colour ?? ""),
};
File.WriteAllText(args[2], JsonSerializer.Serialize(answer, json));
