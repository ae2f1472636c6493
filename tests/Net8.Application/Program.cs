using System.Text.Json;
using Net8.Application;

// Usage: Net8.Application MODEL.zip ANSWER.json
File.WriteAllText(args[1], JsonSerializer.Serialize(Answer.Of(args[0]), Answer.Json));
