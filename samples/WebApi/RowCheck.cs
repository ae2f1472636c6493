namespace WebApi;

/// <summary>Refuses rows that the model cannot score. Positions are written as in JSONPath, as in the errors of the JSON reader.</summary>
internal static class RowCheck
{
    /// <param name="row">The row.</param>
    /// <param name="index">Its number in the batch; null if it came alone.</param>
    /// <param name="length">The number of features that the model reads.</param>
    public static void Check(Row? row, int? index, int length)
    {
        if (row is null)
        {
            throw Refused(index, ": expected an object, got null.");
        }

        if (row.Features.Length != length)
        {
            throw Refused(index, $".features: expected {length} numbers, got {row.Features.Length}.");
        }

        for (var i = 0; i < length; i++)
        {
            if (!float.IsFinite(row.Features[i]))
            {
                throw Refused(index, $".features[{i}]: the number is beyond the range of a 32-bit float.");
            }
        }
    }

    public static RefusedException NoScore(int? index) => Refused(
        index, ".features: the model has no score for them. Are some far outside of what it was trained with?", StatusCodes.Status422UnprocessableEntity);

    private static RefusedException Refused(int? index, string what, int status = StatusCodes.Status400BadRequest) =>
        new(status, index is null ? $"${what}" : $"$[{index}]{what}");
}
