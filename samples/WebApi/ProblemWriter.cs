using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace WebApi;

/// <summary>Answers a request that cannot be served with problem details (RFC 7807) that say what was expected and what came.</summary>
internal sealed class ProblemWriter(IProblemDetailsService problems) : IExceptionHandler
{
    private const string Expected = "Expected {\"features\": [numbers]}, for a batch an array of these.";
    private const string ExpectedType = "Expected the content type application/json.";

    /// <summary>Adds what the server itself leaves out when it refuses a body.</summary>
    public static void AddDetail(ProblemDetailsContext context) => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
    {
        StatusCodes.Status413PayloadTooLarge =>
            $"A body may have {context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize} bytes.",
        StatusCodes.Status415UnsupportedMediaType => ExpectedType,
        _ => null,
    };

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, detail) = exception switch
        {
            RefusedException refused => (refused.Status, refused.Message),
            BadHttpRequestException { InnerException: JsonException json } => (StatusCodes.Status400BadRequest, Detail(json)),
            BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } => (StatusCodes.Status400BadRequest, $"The body is empty or null. {Expected}"),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => (StatusCodes.Status415UnsupportedMediaType, ExpectedType),
            BadHttpRequestException bad => (bad.StatusCode, bad.Message),
            InvalidOperationException when HasUnknownCharset(httpContext.Request) => (StatusCodes.Status415UnsupportedMediaType, ExpectedType),
            _ => (StatusCodes.Status500InternalServerError, null),
        };
        if (detail is null)
        {
            return false;
        }

        httpContext.Response.StatusCode = status;
        // False if the client accepts no JSON: then the status must do.
        await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = { Status = status, Detail = detail } });
        return true;
    }

    private static bool HasUnknownCharset(HttpRequest request) => request.GetTypedHeaders().ContentType is { Charset.HasValue: true, Encoding: null };

    private static string Detail(JsonException json) => json switch
    {
        { InnerException: JsonException syntax } => $"The body is not JSON: {syntax.Message}",
        { Path: null or "$" } => $"{Expected} The body is something else.",
        _ => $"{Expected} Something else is at {json.Path}.",
    };
}
