namespace Rnn.MLNet.Tests.Training;

/// <summary>An estimator's first data have their checkpoint at the path, other data behind it.</summary>
public sealed class CheckpointNameTests
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

    [Fact]
    public void The_root_of_the_file_system_is_no_file()
    {
        var root = Path.GetPathRoot(Path.GetTempPath())!;

        var error = Assert.Throws<InvalidOperationException>(new CheckpointFiles(root).RequireWritable);

        Assert.Equal($"CheckpointPath must be a file that can be written; it is '{root}'. The file '{root}' cannot be written: it is a folder.", error.Message);
        Assert.IsType<IOException>(error.InnerException);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_made_and_nothing_more()
    {
        var folder = Directory.CreateTempSubdirectory("checkpoint-names-");
        try
        {
            new CheckpointFiles(Path.Combine(folder.FullName, "runs", "today", "run.checkpoint")).RequireWritable();

            Assert.Equal(
                [Path.Combine(folder.FullName, "runs"), Path.Combine(folder.FullName, "runs", "today")],
                Directory.GetFileSystemEntries(folder.FullName, "*", SearchOption.AllDirectories).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
