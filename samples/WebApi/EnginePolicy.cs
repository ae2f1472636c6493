using Microsoft.Extensions.ObjectPool;

namespace WebApi;

/// <summary>Creates the engines of a model for a pool.</summary>
internal sealed class EnginePolicy(MLContext context, ITransformer model, SchemaDefinition input, SchemaDefinition output)
    : IPooledObjectPolicy<PredictionEngine<ModelRow, ModelScore>>
{
    public PredictionEngine<ModelRow, ModelScore> Create() => context.Model.CreatePredictionEngine<ModelRow, ModelScore>(model, new PredictionEngineOptions
    {
        InputSchemaDefinition = input,
        OutputSchemaDefinition = output,
        // By default an engine that is disposed disposes the model too, under the hands of all other engines.
        OwnsTransformer = false,
    });

    public bool Return(PredictionEngine<ModelRow, ModelScore> engine) => true;
}
