using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace WebApi;

/// <summary>Adds to the OpenAPI document what the types cannot say: the limits, and the number of features of the model in use.</summary>
internal sealed class ApiDescription(IOptions<ModelSettings> settings, ModelService models) : IOpenApiSchemaTransformer, IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Sequence classifier",
            Version = "1",
            Description = $"Classifies sequences with a network of Rnn.MLNet. A body may have {settings.Value.MaxBodyBytes} bytes.",
        };
        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(Row[]))
        {
            schema.MinItems = 1;
            schema.MaxItems = settings.Value.MaxRows;
        }
        else if (context.JsonTypeInfo.Type == typeof(Row) && models.Health.Model is { } model && schema.Properties?["features"] is OpenApiSchema features)
        {
            features.MinItems = features.MaxItems = model.Features;
        }

        return Task.CompletedTask;
    }
}
