namespace WebApi;

/// <summary>Refuses rows that are not what the model reads. A position is written as in JSONPath, as in the errors of the JSON reader.</summary>
internal static class RowCheck
{
    public static void Check(Row? row, int index, int length)
    {
        if (row is null)
        {
            throw Refused($"$[{index}]: expected an object, got null.");
        }

        if (row.Features.Length != length)
        {
            throw Refused($"$[{index}].features: expected {length} numbers, got {row.Features.Length}.");
        }

        for (var i = 0; i < length; i++)
        {
            if (!float.IsFinite(row.Features[i]))
            {
                throw Refused($"$[{index}].features[{i}]: the number is beyond the range of a 32-bit float.");
            }
        }
    }

    private static RefusedException Refused(string detail) => new(StatusCodes.Status400BadRequest, detail);
}
