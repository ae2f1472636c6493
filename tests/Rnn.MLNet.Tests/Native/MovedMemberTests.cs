using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Xml.Linq;
using Mono.Cecil;

namespace Rnn.MLNet.Tests.Native;

/// <summary>
/// A future ML.NET in which an internal type or method has another name. It is made of the present one: the name is changed in a copy of
/// its assemblies, which are then loaded beside the others, with a copy of the library and of these tests.
/// </summary>
public sealed class MovedMemberTests
{
    [Theory]
    [InlineData("IInternalCatalog")]
    [InlineData("get_Environment")]
    [InlineData("IHostEnvironmentInternal")]
    [InlineData("ICancelable")]
    [InlineData("CancelExecution")]
    public void The_first_use_says_which_versions_work(string moved)
    {
        var message = InFuture(moved);

        var supported = XDocument.Load(RepositoryFile("Directory.Packages.props")).Descendants("PackageVersion")
            .Single(package => package.Attribute("Include")!.Value == "Microsoft.ML").Attribute("Version")!.Value;
        Assert.StartsWith($"Rnn.MLNet works with Microsoft.ML {supported}, but Microsoft.ML 6.0.0 is loaded, which lacks a member", message);
        Assert.Contains(moved, message);
    }

    [Fact]
    public void A_future_version_that_has_all_members_works()
    {
        Assert.Equal("", InFuture("nothing"));
    }

    private static string InFuture(string moved)
    {
        var future = new FutureContext(moved);
        try
        {
            var here = future.LoadFromAssemblyName(typeof(MovedMemberTests).Assembly.GetName()).GetType(typeof(MovedMemberTests).FullName!)!;
            Assert.NotSame(typeof(MovedMemberTests), here);
            return (string)here.GetMethod(nameof(FirstUse), BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, null)!;
        }
        finally
        {
            future.Unload();
        }
    }

    private static string FirstUse()
    {
        try
        {
            new MLContext(seed: 1).Transforms.RnnClassifier();
            return "";
        }
        catch (NotSupportedException exception)
        {
            return exception.Message;
        }
    }

    private static string RepositoryFile(string name, [CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "../../..", name);

    private sealed class FutureContext(string moved) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            return assemblyName.Name is "Microsoft.ML.Core" or "Microsoft.ML.Data" ? LoadFromStream(Renamed(path))
                : File.Exists(path) ? LoadFromAssemblyPath(path)
                : null;
        }

        private MemoryStream Renamed(string path)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(path);
            var module = assembly.MainModule;
            IEnumerable<MemberReference> types = [.. module.GetTypes(), .. module.GetTypeReferences()];
            IEnumerable<MemberReference> methods = [.. module.GetTypes().SelectMany(type => type.Methods), .. module.GetMemberReferences()];
            methods = methods.Where(method => method.DeclaringType.Name is "IInternalCatalog" or "ICancelable");
            foreach (var member in types.Concat(methods).Where(member => member.Name == moved).ToList())
            {
                member.Name = "Moved";
            }

            var version = assembly.CustomAttributes.Single(attribute => attribute.AttributeType.Name == nameof(AssemblyInformationalVersionAttribute));
            version.ConstructorArguments[0] = new CustomAttributeArgument(module.TypeSystem.String, "6.0.0+0123456");
            var stream = new MemoryStream();
            assembly.Write(stream);
            stream.Position = 0;
            return stream;
        }
    }
}
