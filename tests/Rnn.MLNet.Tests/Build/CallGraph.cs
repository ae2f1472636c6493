using System.Reflection.Emit;

namespace Rnn.MLNet.Tests.Build;

/// <summary>Which methods the code of a method calls, by its instructions.</summary>
internal static class CallGraph
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value);

    public static IEnumerable<MethodBase> Methods(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)));

    /// <summary>The methods called, and whether the very next instruction is another call.</summary>
    public static IEnumerable<(MethodBase Method, bool ThenCalls)> Calls(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        MethodBase? before = null;
        for (var i = 0; i < code.Length;)
        {
            var operation = OpCodesByValue[code[i] == 0xFE ? (ushort)(0xFE00 | code[++i]) : code[i]];
            i++;
            var called = operation.OperandType == OperandType.InlineMethod ? Resolve(method, BitConverter.ToInt32(code, i)) : null;
            if (before is not null)
            {
                yield return (before, ThenCalls: called is not null);
            }

            before = called;
            i += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, i),
                _ => 4,
            };
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        return method.Module.ResolveMethod(token, ofType, method.IsGenericMethod ? method.GetGenericArguments() : null);
    }
}
