namespace Rnn.MLNet.Tests.Tasks;

/// <summary>ML.NET's transformers find the key of a class by the hash of its code.</summary>
public sealed class ClassKeyLookupTests
{
    private const int Classes = 300;

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Every_code_has_its_key_and_no_code_has_none()
    {
        var lookup = new ClassKeyLookup(_context, "Code", Classes);
        var labels = LabelKeys.Of(EmptyView.Of(("Label", new KeyDataViewType(typeof(uint), Classes))).Schema[0]);
        Assert.Equal(Enumerable.Range(0, Classes).Select(code => (float)code), lookup.Codes);
        var codes = lookup.Codes.AsEnumerable().Reverse().Append(float.NaN).Append(1e9f).Select(code => new Row { Code = [code] });
        var data = _context.Data.LoadFromEnumerable(codes.ToList());

        foreach (var step in lookup.Transformers("Guess", labels))
        {
            data = step.Transform(data);
        }

        Assert.Equal([.. Enumerable.Range(1, Classes).Reverse().Select(key => (uint)key), 0, 0], data.GetColumn<uint>("Guess"));
        Assert.Equal(new KeyDataViewType(typeof(uint), Classes), data.Schema["Guess"].Type);
        var annotations = data.Schema["Guess"].Annotations;
        Assert.Equal("MulticlassClassification", Text("ScoreColumnKind"));
        Assert.Equal("PredictedLabel", Text("ScoreValueKind"));

        string Text(string kind)
        {
            ReadOnlyMemory<char> text = default;
            annotations.GetValue(kind, ref text);
            return text.ToString();
        }
    }

    private sealed class Row
    {
        [VectorType(1)]
        public float[] Code { get; set; } = [];
    }
}
