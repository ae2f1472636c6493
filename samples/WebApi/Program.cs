using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using WebApi;

// The settings lie beside the program, wherever it is started.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddOptions<ModelSettings>().BindConfiguration("Model").ValidateDataAnnotations();
builder.Services.AddSingleton<ModelService>().AddHostedService(services => services.GetRequiredService<ModelService>());
builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = ProblemWriter.AddDetail).AddExceptionHandler<ProblemWriter>();
builder.Services.AddOpenApi(openApi => openApi.AddSchemaTransformer<ApiDescription>().AddDocumentTransformer<ApiDescription>());
builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);     // what is wrong with a body goes to ProblemWriter
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.TypeInfoResolverChain.Insert(0, MessageJson.Default);
    json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
    json.SerializerOptions.RespectNullableAnnotations = true;
    json.SerializerOptions.RespectRequiredConstructorParameters = true;
    json.SerializerOptions.AllowDuplicateProperties = false;
});
builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ModelSettings>>((kestrel, settings) =>
    kestrel.Limits.MaxRequestBodySize = settings.Value.MaxBodyBytes);

WebApplication app;
try
{
    // Reads the settings, since the server needs the size of bodies.
    app = builder.Build();
}
catch (Exception invalid) when (invalid is OptionsValidationException or InvalidOperationException)
{
    // The message names the setting and its range; a stack trace would bury it.
    await Console.Error.WriteLineAsync(invalid.Message);
    return 1;
}

app.UseExceptionHandler();
app.UseStatusCodePages();
app.MapOpenApi();

app.MapPost("/predict", (Row row, ModelService models, CancellationToken aborted) => models.Predict(row, aborted))
    .WithSummary("Classifies one sequence.")
    .WithRefusals();
app.MapPost("/predict/batch", (Row[] rows, ModelService models, CancellationToken aborted) => models.PredictBatch(rows, aborted))
    .WithSummary("Classifies several sequences; the answers are in the order of the rows.")
    .WithRefusals();
app.MapGet("/health", (ModelService models) => TypedResults.Json(
        models.Health, statusCode: models.Health.Model is null ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK))
    .WithSummary("Says whether the service is ready, and with which model.")
    .Produces<Health>(StatusCodes.Status200OK)
    .Produces<Health>(StatusCodes.Status503ServiceUnavailable);
app.MapGet("/health/live", () => TypedResults.Text("live"))
    .WithSummary("Says that the process runs.")
    .Produces<string>(StatusCodes.Status200OK, "text/plain");

await app.RunAsync();
return 0;
