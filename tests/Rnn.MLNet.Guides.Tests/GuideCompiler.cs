using System.Text;

namespace Rnn.MLNet.Guides.Tests;

/// <summary>
/// Compiles the blocks of one page in their order, each as a program of its own: what the page declares before a block is in scope as if it came
/// from a static class, so that a block may declare a name anew; types of the page are in scope everywhere on it.
/// </summary>
internal static class GuideCompiler
{
    // A page may show a program of one file, whose first lines name its packages (#:package).
    private static readonly CSharpParseOptions Parsing = new CSharpParseOptions(LanguageVersion.Latest).WithFeatures([new("FileBasedProgram", "true")]);

    /// <summary>The errors and warnings of each block, with file and line.</summary>
    public static IEnumerable<(GuideBlock Block, string[] Problems)> Compile(IEnumerable<GuideBlock> page, IReadOnlyList<MetadataReference> references)
    {
        var blocks = page.Select(block => (Block: block, Tree: Parse(block))).ToList();
        var variables = new Dictionary<string, string>();
        var usings = new HashSet<string>();
        foreach (var (block, tree) in blocks)
        {
            var declared = Types(tree).Select(type => type.Identifier.Text).ToHashSet();
            // The last one of a name: what the page declares hides a usual name.
            var others = blocks.Where(other => other.Block != block && other.Block.NotCompiled is null).Reverse().SelectMany(other => Types(other.Tree)).Where(type => declared.Add(type.Identifier.Text));
            var compilation = CSharpCompilation.Create("Guide", [RestOfThePage(usings, blocks.SelectMany(other => Usings(other.Tree)), variables, others), tree], references, Options(tree));
            yield return (block, [.. compilation.GetDiagnostics().Where(Counts).Select(diagnostic => Text(block, diagnostic))]);
            if (block.NotCompiled is null)
            {
                usings.UnionWith(Usings(tree));
                Declare(compilation.GetSemanticModel(tree), variables);
            }
        }
    }

    // Empty lines in front, so that lines have the numbers that they have on the page.
    private static SyntaxTree Parse(GuideBlock block) => CSharpSyntaxTree.ParseText(new string('\n', block.Line - 1) + block.Text, Parsing, block.Page);

    private static SyntaxTree RestOfThePage(HashSet<string> before, IEnumerable<string> all, Dictionary<string, string> variables, IEnumerable<BaseTypeDeclarationSyntax> types)
    {
        var source = new StringBuilder();
        source.AppendJoin('\n', before.Select(directive => $"global {directive}")).Append("\nglobal using static RestOfThePage;\n");
        source.AppendJoin('\n', all.Distinct().Except(before)).Append("\n#nullable enable\ninternal static class RestOfThePage\n{\n");
        source.AppendJoin('\n', variables.Select(variable => $"public static {variable.Value} {variable.Key} = default!;")).Append("\n}\n");
        source.AppendJoin('\n', types.Select(type => type.ToFullString()));
        return CSharpSyntaxTree.ParseText(source.ToString(), Parsing, "the rest of the page");
    }

    private static CSharpCompilationOptions Options(SyntaxTree tree)
    {
        bool program = tree.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax);
        return new(program ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
    }

    private static IEnumerable<string> Usings(SyntaxTree tree) => tree.GetCompilationUnitRoot().Usings.Select(directive => directive.WithoutTrivia().NormalizeWhitespace().ToFullString());

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SyntaxTree tree) => tree.GetCompilationUnitRoot().Members.OfType<BaseTypeDeclarationSyntax>();

    /// <summary>Adds the variables that the statements at the top declare, not those within a block or a lambda.</summary>
    private static void Declare(SemanticModel model, Dictionary<string, string> variables)
    {
        var statements = model.SyntaxTree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement);
        var declarations = statements.Where(statement => statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax)
            .SelectMany(statement => statement.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax))
            .Where(node => node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax);
        foreach (var declaration in declarations)
        {
            if (model.GetDeclaredSymbol(declaration) is ILocalSymbol { Type: { IsAnonymousType: false, IsRefLikeType: false, TypeKind: not TypeKind.Error } type } local)
            {
                variables[local.Name] = type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
            }
        }
    }

    // CS0219: a guide may show a variable that only the reader uses.
    private static bool Counts(Diagnostic diagnostic) => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS0219";

    private static string Text(GuideBlock block, Diagnostic diagnostic)
    {
        var position = diagnostic.Location.GetLineSpan();
        return $"{(position.IsValid ? $"{position.Path}:{position.StartLinePosition.Line + 1}" : block)}: {diagnostic.Id}: {diagnostic.GetMessage()}";
    }
}
