using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rnn.MLNet.Mutation;

/// <summary>
/// Inserts all mutants of a file next to the original code, each behind a run-time switch ("mutant schemata", Untch et al., 1993). The library
/// has to be compiled only once.
/// </summary>
/// <param name="file">The file to mutate.</param>
/// <param name="text">The content of the file.</param>
/// <param name="refused">The ids of mutants that do not compile: they are numbered but not inserted.</param>
/// <param name="firstId">The id of the first mutant.</param>
internal sealed class SourceMutator(SourceFile file, string text, IReadOnlySet<int> refused, int firstId) : CSharpSyntaxRewriter
{
    private const string Annotation = "mutant";
    private int _next = firstId;

    /// <summary>The mutants in the mutated file.</summary>
    public List<MutationPoint> Mutants { get; } = [];

    /// <summary>The syntax tree of the mutated file.</summary>
    public SyntaxNode Root { get; private set; } = SyntaxFactory.CompilationUnit();

    /// <summary>The next free id.</summary>
    public int Next => _next;

    /// <summary>Inserts the mutants.</summary>
    public SourceMutator Run()
    {
        Root = Visit(CSharpSyntaxTree.ParseText(text).GetRoot())!;
        return this;
    }

    /// <summary>Returns the mutants that may cause a compiler error: the one at the position, or all of the enclosing member.</summary>
    public IEnumerable<int> At(int position)
    {
        var around = Root.FindToken(Math.Min(position, Root.FullSpan.End - 1)).Parent!.AncestorsAndSelf().ToList();
        var innermost = around.FirstOrDefault(node => node.HasAnnotations(Annotation));
        return innermost is not null
            ? Ids(innermost)
            : around.OfType<MemberDeclarationSyntax>().FirstOrDefault()?.GetAnnotatedNodes(Annotation).SelectMany(Ids) ?? [];
    }

    private static IEnumerable<int> Ids(SyntaxNode node) => node.GetAnnotations(Annotation).Select(note => int.Parse(note.Data!, null));

    /// <inheritdoc />
    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        switch (node)
        {
            // Compile-time constants cannot be switched at run time.
            case AttributeListSyntax or ParameterSyntax { Default: not null } or EnumMemberDeclarationSyntax or PatternSyntax or SwitchLabelSyntax
                or InterpolationAlignmentClauseSyntax or LocalDeclarationStatementSyntax { IsConst: true }
                or InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } }:
            case FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword):
                return node;
            case ExpressionSyntax expression:
                return Switch(expression, (ExpressionSyntax)base.Visit(expression)!);
            case StatementSyntax statement:
                return Switch(statement, (StatementSyntax)base.Visit(statement)!);
            default:
                return base.Visit(node);
        }
    }

    private ExpressionSyntax Switch(ExpressionSyntax original, ExpressionSyntax visited)
    {
        var switched = visited;
        if (!StandsAlone(original))
        {
            foreach (var replacement in Operators.Of(original).Concat(Negation(original)))
            {
                if (Number(original, replacement) is { } id)
                {
                    switched = SyntaxFactory.ParenthesizedExpression(SyntaxFactory.ConditionalExpression(
                        SyntaxFactory.ParseExpression($"global::Rnn.MLNet.Mutant.Is({id}) "),
                        SyntaxFactory.ParenthesizedExpression(replacement.WithoutTrivia()).WithLeadingTrivia(SyntaxFactory.Space),
                        SyntaxFactory.ParenthesizedExpression(switched.WithoutTrivia())))
                        .WithAdditionalAnnotations(new SyntaxAnnotation(Annotation, $"{id}"));
                }
            }
        }

        return switched == visited ? visited : switched.WithTriviaFrom(original);
    }

    private StatementSyntax Switch(StatementSyntax original, StatementSyntax visited)
    {
        var switched = visited;
        foreach (var replacement in Operators.Of(original))
        {
            if (Number(original, replacement) is { } id)
            {
                switched = SyntaxFactory.Block(SyntaxFactory.IfStatement(
                    SyntaxFactory.ParseExpression($"global::Rnn.MLNet.Mutant.Is({id})"),
                    SyntaxFactory.Block(replacement.WithoutTrivia()),
                    SyntaxFactory.ElseClause(switched.WithoutTrivia()).WithElseKeyword(SyntaxFactory.ParseToken(" else "))))
                    .WithAdditionalAnnotations(new SyntaxAnnotation(Annotation, $"{id}"));
            }
        }

        return switched == visited ? visited : switched.WithTriviaFrom(original);
    }

    /// <summary>Returns the negation of a condition that <see cref="Operators"/> does not mutate.</summary>
    private static IEnumerable<ExpressionSyntax> Negation(ExpressionSyntax expression)
    {
        var isCondition = expression.Parent switch
        {
            IfStatementSyntax parent => parent.Condition == expression,
            ConditionalExpressionSyntax parent => parent.Condition == expression,
            WhenClauseSyntax => true,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } => true,
            _ => false,
        };
        return isCondition && expression is (InvocationExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax)
            ? [SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia()))]
            : [];
    }

    /// <summary>Returns whether an expression is a statement or a loop increment, where a conditional expression is not allowed.</summary>
    private static bool StandsAlone(ExpressionSyntax expression) =>
        expression.Parent is ExpressionStatementSyntax
        || (expression.Parent is ForStatementSyntax loop && loop.Incrementors.Contains(expression));

    private int? Number(SyntaxNode original, SyntaxNode replacement)
    {
        var id = _next++;
        if (refused.Contains(id))
        {
            return null;
        }

        var place = original.GetLocation().GetLineSpan().StartLinePosition;
        Mutants.Add(new MutationPoint(
            id, file.Room, file.Path, place.Line + 1, place.Character + 1, original.ToString(), replacement.ToString(), RunsOnce(original)));
        return id;
    }

    private static bool RunsOnce(SyntaxNode node) => node.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault() is { } member
        && member.Modifiers.Any(SyntaxKind.StaticKeyword) && member is ConstructorDeclarationSyntax or FieldDeclarationSyntax
            or PropertyDeclarationSyntax { Initializer: not null };
}
