namespace Rnn.MLNet.Tests.Native;

/// <summary>ML.NET's internals that the library touches: each is where the library looks for it.</summary>
public sealed class MLNetAccessorsTests
{
    private readonly MLContext _context = new(seed: 1) { TempFilePath = "/some/where" };

    [Fact]
    public void The_environment_of_every_catalog_with_a_trainer_of_ours()
    {
        Assert.Same(MLNetAccessors.EnvironmentOf(_context.Transforms), MLNetAccessors.EnvironmentOf(_context.MulticlassClassification.Trainers));
    }

    [Fact]
    public void The_folder_for_temporary_files()
    {
        Assert.Equal("/some/where", MLNetAccessors.TempFilePathOf(MLNetAccessors.EnvironmentOf(_context.Transforms)));
    }

    [Fact]
    public void The_GPU_of_the_context()
    {
        var environment = MLNetAccessors.EnvironmentOf(_context.Transforms);
        Assert.Equal(new GpuSettings(null, FallbackToCpu: false), MLNetAccessors.GpuSettingsOf(environment));

        (_context.GpuDeviceId, _context.FallbackToCpu) = (3, true);

        Assert.Equal(new GpuSettings(3, FallbackToCpu: true), MLNetAccessors.GpuSettingsOf(environment));
        Assert.Equal(new GpuSettings(3, FallbackToCpu: true), MLNetAccessors.GpuSettingsOf(environment.Register("test")));
    }

    [Fact]
    public void A_catalog_that_loads_models_without_the_GPU()
    {
        _context.GpuDeviceId = 3;
        var environment = MLNetAccessors.EnvironmentOf(MLNetAccessors.ModelsWithoutGpu(MLNetAccessors.EnvironmentOf(_context.Model)));

        Assert.Null(MLNetAccessors.GpuSettingsOf(environment).DeviceId);
        Assert.Same(_context.ComponentCatalog, environment.ComponentCatalog);
        Assert.Equal("/some/where", MLNetAccessors.TempFilePathOf(environment));
        Assert.Equal(3, _context.GpuDeviceId);
    }

    [Fact]
    public void The_cancellation_of_the_context()
    {
        var host = MLNetAccessors.EnvironmentOf(_context.Transforms).Register("test");
        Assert.False(MLNetAccessors.IsCanceled(host));
        MLNetAccessors.ThrowIfCanceled(host);

        MLNetAccessors.Cancel(_context);

        Assert.True(MLNetAccessors.IsCanceled(host));
        Assert.Throws<OperationCanceledException>(() => MLNetAccessors.ThrowIfCanceled(host));
    }

    [Fact]
    public void A_trainer_among_MLNets_own_is_the_same()
    {
        var options = SyntheticSequences.Options with { MaxSteps = 2 };
        var rows = SyntheticSequences.Keyed(_context, 48);

        using var one = _context.Transforms.RnnClassifier(options).Fit(rows);
        using var other = _context.MulticlassClassification.Trainers.RnnClassifier(options).Fit(rows);

        Assert.Equal(one.WeightBits(), other.WeightBits());
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.MulticlassClassification.Trainers.RnnClassifier(epochs: 0));
    }
}
