namespace WebApi;

internal static class Refusals
{
    /// <summary>Describes the answers of <see cref="ProblemWriter"/> in the OpenAPI document.</summary>
    public static RouteHandlerBuilder WithRefusals(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
