using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rnn.MLNet.Mutation;

/// <summary>
/// The mutation operators: single-token faults that programmers make (the "sufficient" operators of Offutt et al., 1996, as implemented in
/// Stryker, and off-by-one numbers). String literals are not mutated.
/// </summary>
internal static class Operators
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind[]> Binary = new()
    {
        [SyntaxKind.AddExpression] = [SyntaxKind.SubtractExpression],
        [SyntaxKind.SubtractExpression] = [SyntaxKind.AddExpression],
        [SyntaxKind.MultiplyExpression] = [SyntaxKind.DivideExpression],
        [SyntaxKind.DivideExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.ModuloExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.LessThanExpression] = [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanOrEqualExpression],
        [SyntaxKind.LessThanOrEqualExpression] = [SyntaxKind.LessThanExpression, SyntaxKind.GreaterThanExpression],
        [SyntaxKind.GreaterThanExpression] = [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanOrEqualExpression],
        [SyntaxKind.GreaterThanOrEqualExpression] = [SyntaxKind.GreaterThanExpression, SyntaxKind.LessThanExpression],
        [SyntaxKind.EqualsExpression] = [SyntaxKind.NotEqualsExpression],
        [SyntaxKind.NotEqualsExpression] = [SyntaxKind.EqualsExpression],
        [SyntaxKind.LogicalAndExpression] = [SyntaxKind.LogicalOrExpression],
        [SyntaxKind.LogicalOrExpression] = [SyntaxKind.LogicalAndExpression],
        [SyntaxKind.BitwiseAndExpression] = [SyntaxKind.BitwiseOrExpression],
        [SyntaxKind.BitwiseOrExpression] = [SyntaxKind.BitwiseAndExpression],
        [SyntaxKind.ExclusiveOrExpression] = [SyntaxKind.BitwiseAndExpression],
        [SyntaxKind.LeftShiftExpression] = [SyntaxKind.RightShiftExpression],
        [SyntaxKind.RightShiftExpression] = [SyntaxKind.LeftShiftExpression],
    };

    private static readonly Dictionary<SyntaxKind, SyntaxKind> Assignments = new()
    {
        [SyntaxKind.AddAssignmentExpression] = SyntaxKind.SubtractAssignmentExpression,
        [SyntaxKind.SubtractAssignmentExpression] = SyntaxKind.AddAssignmentExpression,
        [SyntaxKind.MultiplyAssignmentExpression] = SyntaxKind.DivideAssignmentExpression,
        [SyntaxKind.DivideAssignmentExpression] = SyntaxKind.MultiplyAssignmentExpression,
        [SyntaxKind.AndAssignmentExpression] = SyntaxKind.OrAssignmentExpression,
        [SyntaxKind.OrAssignmentExpression] = SyntaxKind.AndAssignmentExpression,
    };

    private static readonly Dictionary<string, string> Methods = Pairs(
        ("First", "Last"), ("Any", "All"), ("Min", "Max"), ("MinBy", "MaxBy"), ("OrderBy", "OrderByDescending"), ("ThenBy", "ThenByDescending"),
        ("Take", "Skip"), ("Floor", "Ceiling"), ("Sin", "Cos"), ("Exp", "Log"), ("Union", "Intersect"), ("AddSeconds", "AddMinutes"));

    /// <summary>Returns the mutations of an expression itself, not of its subexpressions.</summary>
    public static IEnumerable<ExpressionSyntax> Of(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } both:
                yield return both.Left;
                yield return both.Right;
                break;
            case BinaryExpressionSyntax both when Binary.TryGetValue(both.Kind(), out var kinds):
                foreach (var kind in kinds)
                {
                    yield return SyntaxFactory.BinaryExpression(kind, both.Left.WithoutTrivia(), both.Right.WithoutTrivia()).NormalizeOperator();
                }

                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression or (int)SyntaxKind.UnaryMinusExpression } unary:
                yield return unary.Operand;
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression } unary:
                yield return SyntaxFactory.PrefixUnaryExpression(SyntaxKind.PreDecrementExpression, unary.Operand);
                break;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression } unary:
                yield return SyntaxFactory.PostfixUnaryExpression(SyntaxKind.PostDecrementExpression, unary.Operand);
                break;
            case LiteralExpressionSyntax literal:
                if (OtherValue(literal) is { } other)
                {
                    yield return other;
                }

                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call
                when Methods.TryGetValue(member.Name.Identifier.Text, out var name) && member.Name is IdentifierNameSyntax:
                yield return call.WithExpression(member.WithName(SyntaxFactory.IdentifierName(name)));
                break;
            case ConditionalExpressionSyntax choice:
                yield return choice.WithWhenTrue(choice.WhenFalse.WithoutTrivia()).WithWhenFalse(choice.WhenTrue.WithoutTrivia());
                break;
            case IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax negated } test:
                yield return test.WithPattern(negated.Pattern);
                break;
            case IsPatternExpressionSyntax test:
                yield return SyntaxFactory.ParseExpression($"{test.Expression} is not ({test.Pattern})");
                break;
        }
    }

    /// <summary>Returns the mutations of a statement: it is removed, or a compound assignment is inverted.</summary>
    public static IEnumerable<StatementSyntax> Of(StatementSyntax statement)
    {
        switch (statement)
        {
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax update } when Assignments.TryGetValue(update.Kind(), out var kind):
                yield return SyntaxFactory.ExpressionStatement(
                    SyntaxFactory.ParseExpression($"{update.Left} {SyntaxFacts.GetText(Token(kind))} {update.Right}"));
                yield return SyntaxFactory.Block();
                break;
            case ContinueStatementSyntax or BreakStatementSyntax { Parent: not SwitchSectionSyntax } or ReturnStatementSyntax { Expression: null }
                or ThrowStatementSyntax or ExpressionStatementSyntax:
                yield return SyntaxFactory.Block();
                break;
        }
    }

    private static SyntaxKind Token(SyntaxKind assignment) => assignment switch
    {
        SyntaxKind.AddAssignmentExpression => SyntaxKind.PlusEqualsToken,
        SyntaxKind.SubtractAssignmentExpression => SyntaxKind.MinusEqualsToken,
        SyntaxKind.MultiplyAssignmentExpression => SyntaxKind.AsteriskEqualsToken,
        SyntaxKind.DivideAssignmentExpression => SyntaxKind.SlashEqualsToken,
        SyntaxKind.AndAssignmentExpression => SyntaxKind.AmpersandEqualsToken,
        _ => SyntaxKind.BarEqualsToken,
    };

    private static ExpressionSyntax? OtherValue(LiteralExpressionSyntax literal) => literal.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression),
        SyntaxKind.FalseLiteralExpression => SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression),
        SyntaxKind.NumericLiteralExpression => literal.Token.Value switch
        {
            int value => SyntaxFactory.ParseExpression((value + 1L).ToString(CultureInfo.InvariantCulture)),
            long value => SyntaxFactory.ParseExpression((value + 1).ToString(CultureInfo.InvariantCulture) + "L"),
            float value => SyntaxFactory.ParseExpression((value == 0 ? 1 : 2 * value).ToString("R", CultureInfo.InvariantCulture) + "f"),
            double value => SyntaxFactory.ParseExpression((value == 0 ? 1 : 2 * value).ToString("R", CultureInfo.InvariantCulture) + "d"),
            _ => null,
        },
        _ => null,
    };

    private static BinaryExpressionSyntax NormalizeOperator(this BinaryExpressionSyntax expression) =>
        expression.WithOperatorToken(expression.OperatorToken.WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space));

    private static Dictionary<string, string> Pairs(params (string, string)[] pairs) =>
        pairs.Concat(pairs.Select(pair => (pair.Item2, pair.Item1))).ToDictionary();
}
