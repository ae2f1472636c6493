using System.Reflection.Emit;

namespace Rnn.MLNet.Tests.Experiments;

/// <summary>What a result says of the machine and the versions, and that it says so where these are not known.</summary>
public sealed class ExperimentEnvironmentTests : IDisposable
{
    private readonly TemporaryFile _file = new(".txt");

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Versions_are_those_of_the_assemblies_without_the_commit()
    {
        var environment = ExperimentEnvironment.Describe();
        Assert.Equal(Informational(typeof(RnnExperiment)), environment["Rnn.MLNet"]);
        Assert.Equal(Informational(typeof(MLContext)), environment["ML.NET"]);
        Assert.Equal(Informational(typeof(TorchSharp.torch)), environment["TorchSharp"]);
    }

    [Fact]
    public void Memory_is_what_the_process_may_use_in_billions_of_bytes() =>
        Assert.Equal(FormattableString.Invariant($"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_000_000_000.0:F0} GB"), ExperimentEnvironment.Describe()["Memory"]);

    [Fact]
    public void An_assembly_that_does_not_state_its_version_is_of_an_unknown_one()
    {
        var type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Untold"), AssemblyBuilderAccess.RunAndCollect).DefineDynamicModule("Untold").DefineType("Untold").CreateType();
        Assert.Equal("unknown", ExperimentEnvironment.Version(type));
    }

    [Theory]
    [InlineData("processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\nmodel name\t: Another\n", "Some CPU @ 2 GHz")]
    [InlineData("processor\t: 0\nCPU part\t: 0xd0c\n", "unknown")]
    [InlineData("", "unknown")]
    public void The_processor_is_the_first_that_Linux_names(string content, string name)
    {
        File.WriteAllText(_file.Path, content);
        Assert.Equal(name, ExperimentEnvironment.Processor(_file.Path));
    }

    [Fact]
    public void Where_no_file_can_be_read_the_processor_is_that_of_the_environment()
    {
        const string Variable = "PROCESSOR_IDENTIFIER";
        var before = Environment.GetEnvironmentVariable(Variable);
        try
        {
            Environment.SetEnvironmentVariable(Variable, "Some CPU");
            Assert.Equal("Some CPU", ExperimentEnvironment.Processor(Path.Combine(_file.Path, "none")));
            Assert.Equal("Some CPU", ExperimentEnvironment.Processor(Path.GetTempPath()));
            Environment.SetEnvironmentVariable(Variable, null);
            Assert.Equal("unknown", ExperimentEnvironment.Processor(Path.Combine(_file.Path, "none")));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    private static string Informational(Type type)
    {
        var version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return version.Contains('+', StringComparison.Ordinal) ? version[..version.IndexOf('+', StringComparison.Ordinal)] : version;
    }
}
