using Xunit;

namespace Rnn.MLNet.Tests.Training;

/// <summary>An estimator's first data have their checkpoint at the path, other data behind it.</summary>
public sealed class CheckpointNames
{
    [Fact]
    public void The_first_data_have_the_path_itself()
    {
        var path = Path.Combine(Path.GetTempPath(), "run.checkpoint");
        var files = new CheckpointFiles(path);

        Assert.Equal(path, files.For("first"));
        Assert.Equal(path + ".second", files.For("second"));
        Assert.Equal(path, files.For("first"));
        Assert.Equal(path + ".third", files.For("third"));
        Assert.Equal(path, new CheckpointFiles(path).For("second"));
    }

    [Fact]
    public void A_path_is_where_the_process_was_when_the_estimator_was_made()
    {
        Assert.Equal(Path.GetFullPath("run.checkpoint"), new CheckpointFiles("run.checkpoint").For("first"));
    }
}
