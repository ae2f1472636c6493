namespace Rnn.MLNet.Tests.Experiments;

/// <summary>A value of a type that ML.NET can neither hold nor compare, as an image is.</summary>
internal readonly struct OpaqueValue
{
    /// <summary>Marks a property that has such values.</summary>
    internal sealed class ValuesAttribute : DataViewTypeAttribute
    {
        public override void Register() => DataViewTypeManager.Register(new Type(), typeof(OpaqueValue), this);

        public override bool Equals(DataViewTypeAttribute? other) => other is ValuesAttribute;

        public override int GetHashCode() => 3;
    }

    private sealed class Type() : StructuredDataViewType(typeof(OpaqueValue))
    {
        public override bool Equals(DataViewType? other) => other is Type;

        public override int GetHashCode() => 4;

        public override string ToString() => nameof(OpaqueValue);
    }
}
