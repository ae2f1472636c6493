namespace WebApi;

/// <summary>A request that cannot be answered, with the status and the detail of its problem details.</summary>
internal sealed class RefusedException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;
}
