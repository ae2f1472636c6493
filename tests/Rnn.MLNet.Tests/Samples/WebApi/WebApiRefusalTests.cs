using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rnn.MLNet.Tests.Samples.WebApi;

/// <summary>The sample WebApi refuses what it cannot answer with a status from 400 to 499 and problem details that name the place.</summary>
public sealed class WebApiRefusalTests(ColourService service) : IClassFixture<ColourService>
{
    private const string Expected = "Expected {\"features\": [numbers]}, for a batch an array of these.";

    private static readonly float[] Row = SyntheticSequences.Rows(1).Single().Features;

    public static TheoryData<string, string> Rows => new()
    {
        { "", $"The body is empty or null. {Expected}" },
        { "null", $"The body is empty or null. {Expected}" },
        { "{}", $"{Expected} The body is something else." },
        { "[]", $"{Expected} The body is something else." },
        { "7", $"{Expected} The body is something else." },
        { """{"feature":[1]}""", $"{Expected} The body is something else." },
        { """{"features":null}""", $"{Expected} Something else is at $.features." },
        { """{"features":3}""", $"{Expected} Something else is at $.features." },
        { """{"features":[1,"2"]}""", $"{Expected} Something else is at $.features[1]." },
        { """{"features":["NaN"]}""", $"{Expected} Something else is at $.features[0]." },
        { """{"features":[1,null]}""", $"{Expected} Something else is at $.features[1]." },
        { """{"features":[1,[2]]}""", $"{Expected} Something else is at $.features[1]." },
        { """{"features":[1],"features":[2]}""", $"{Expected} Something else is at $.features." },
        { """{"features":[NaN]}""", "The body is not JSON: 'N' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 13." },
        { """{"features":[1,]}""", "The body is not JSON: The JSON array contains a trailing comma at the end which is not supported in this mode. Change the reader options. LineNumber: 0 | BytePositionInLine: 15." },
        { """{"features":[]}""", "$.features: expected 12 numbers, got 0." },
        { """{"features":[1,2,3]}""", "$.features: expected 12 numbers, got 3." },
        { """{"features":[1,2,3,4,5,6,7,8,9,10,11,12,13]}""", "$.features: expected 12 numbers, got 13." },
        { """{"features":[1,2,3,4,5,6,7,8,9,10,11,1e39]}""", "$.features[11]: the number is beyond the range of a 32-bit float." },
        { """{"features":[-1e400,2,3,4,5,6,7,8,9,10,11,12]}""", "$.features[0]: the number is beyond the range of a 32-bit float." },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_row_that_is_none_is_refused(string body, string detail) =>
        Assert.Equal((HttpStatusCode.BadRequest, detail), await service.Client.Refused("/predict", body));

    [Fact]
    public async Task A_batch_is_refused_as_a_whole_and_the_row_is_named()
    {
        Assert.Equal((HttpStatusCode.BadRequest, "Expected 1 to 40 rows, got 0."), await service.Client.Refused("/predict/batch", "[]"));
        Assert.Equal((HttpStatusCode.BadRequest, "Expected 1 to 40 rows, got 41."),
            await service.Client.Refused("/predict/batch", $"[{string.Join(",", Enumerable.Repeat("""{"features":[1]}""", 41))}]"));
        Assert.Equal((HttpStatusCode.BadRequest, "$[1].features: expected 12 numbers, got 2."), await service.Client.Refused("/predict/batch", WebClient.Json([Row, [1, 2]])));
        Assert.Equal((HttpStatusCode.BadRequest, "$[0]: expected an object, got null."), await service.Client.Refused("/predict/batch", "[null]"));
        Assert.Equal((HttpStatusCode.BadRequest, $"{Expected} Something else is at $[0].features[1]."), await service.Client.Refused("/predict/batch", """[{"features":[1,"x"]}]"""));
        Assert.Equal((HttpStatusCode.BadRequest, $"{Expected} The body is something else."), await service.Client.Refused("/predict/batch", WebClient.Json(Row)));
    }

    [Fact]
    public async Task Numbers_that_overflow_in_the_model_have_no_score()
    {
        float[] huge = [.. Row[..^1], float.MaxValue];

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "$.features: the model has no score for them. Are some far outside of what it was trained with?"),
            await service.Client.Refused("/predict", WebClient.Json(huge)));
        var (status, detail) = await service.Client.Refused("/predict/batch", WebClient.Json([Row, Row, huge]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.StartsWith("$[2].features: the model has no score", detail);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_and_one_at_the_limit_read()
    {
        var body = WebClient.Json(Row);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "A body may have 20000 bytes."),
            await service.Client.Refused("/predict", body.PadRight(ColourService.MaxBodyBytes + 1)));
        Assert.Equal((HttpStatusCode.BadRequest, "$.features: expected 12 numbers, got 1."),
            await service.Client.Refused("/predict", """{"features":[1]}""".PadRight(ColourService.MaxBodyBytes)));
    }

    [Fact]
    public async Task What_is_not_JSON_by_its_type_is_refused()
    {
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "Expected the content type application/json."), await service.Client.Refused("/predict", WebClient.Json(Row), "text/plain"));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "Expected the content type application/json."),
            await service.Client.Refused("/predict", WebClient.Json(Row), "application/json; charset=none"));
        Assert.Equal((HttpStatusCode.NotFound, null), await service.Client.Refused("/predictions", WebClient.Json(Row)));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, null), await service.Client.Refused("/health", "{}"));
    }

    [Fact]
    public async Task Clients_that_leave_are_no_errors()
    {
        var head = $"POST /predict HTTP/1.1\r\nHost: {service.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {WebClient.Json(Row).Length}\r\n\r\n";
        foreach (var sent in (string[])["", "{\"feat", WebClient.Json(Row)])
        {
            using var client = new TcpClient();
            await client.ConnectAsync(service.Address.Host, service.Address.Port, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + sent), TestContext.Current.CancellationToken);
            // Without a farewell, so that the server cannot answer.
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        WebPrediction.AssertEqual(service.Model.Expected([Row])[0], await service.Client.Predict(Row));
        Assert.DoesNotContain("fail:", service.Log);
    }
}
